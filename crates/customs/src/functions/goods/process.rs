//! `customs.goods.process`: goods of a warehouse receipt are made into a product, by a recipe of the zone.
//!
//! Takes whose the receipt is, the receipt, the recipe's name, how many runs, and how much of the product was made, in the recipe's own unit. Rests on `recipes.csv`
//! with the columns `recipe,input,input_quantity,input_unit,product,least,most,product_unit,scrap,loss`. Must not know of: what work is worth.

use std::collections::BTreeMap;

use definition::value::{Decimal, Value, parse_decimal};

use super::super::table;
use super::{Books, Fault, Given, Says, decimal, id, theirs};
use crate::goods::{
    Book, Commodity, Holding, Id, Ingredient, Made, Method, Movement, Process, Product, Quantity, Recipe, RowKey, Take,
};
use crate::table::{RowFault, RowProblem, rows};

pub(super) struct Processing {
    /// By name: a recipe, and the unit of its product.
    recipes: BTreeMap<String, (Recipe, String)>,
}

impl Processing {
    pub(super) fn load(tables: &BTreeMap<String, String>) -> Result<Self, String> {
        let recipes =
            table(tables, "recipes.csv", read)?.ok_or("name its recipes: `files: [functions/recipes.csv]`")?;
        for (name, (recipe, _)) in &recipes {
            if let Some(fault) = recipe.faults().first() {
                return Err(format!("recipes.csv: the recipe {name} {fault}"));
            }
        }
        Ok(Self { recipes })
    }
}

fn read(text: &str) -> Result<BTreeMap<String, (Recipe, String)>, Vec<RowProblem>> {
    const COLUMNS: [&str; 10] = [
        "recipe",
        "input",
        "input_quantity",
        "input_unit",
        "product",
        "least",
        "most",
        "product_unit",
        "scrap",
        "loss",
    ];
    let all = rows(text, &COLUMNS, &[], |row| {
        let bad = |text: &str| RowFault::Recipe { text: text.chars().take(40).collect() };
        let commodity = |column| Commodity::new(row.cell(column)).map_err(|_| bad(row.cell(column)));
        let quantity = |column: &str, unit: &str| {
            let amount: Decimal = parse_decimal(row.cell(column)).map_err(|_| bad(row.cell(column)))?;
            Quantity::of(amount, row.cell(unit)).map_err(|fault| bad(&fault.to_string()))
        };
        let waste = |column: &str| {
            if row.cell(column).is_empty() { Ok(None) } else { quantity(column, "input_unit").map(Some) }
        };
        let name = Id::new(row.cell("recipe")).map_err(|_| bad(row.cell("recipe")))?;
        let (scrap, loss) = (waste("scrap")?, waste("loss")?);
        let input = Ingredient {
            commodity: commodity("input")?,
            quantity: quantity("input_quantity", "input_unit")?,
            scrap,
            loss,
        };
        let (least, most) = (quantity("least", "product_unit")?, quantity("most", "product_unit")?);
        let product = Product { commodity: commodity("product")?, least, most, share: 1 };
        let recipe = Recipe { name: name.clone(), inputs: vec![input], products: vec![product] };
        Ok((name.as_str().to_owned(), (recipe, row.cell("product_unit").to_owned())))
    })?;
    Ok(all.into_iter().collect())
}

impl Books for Processing {
    fn says(&self) -> &'static [Says] {
        &[Says::Owner, Says::Holding, Says::Recipe, Says::Runs, Says::Yield]
    }

    fn needs(&self, given: &[Given<'_>]) -> Result<Vec<RowKey>, Vec<Fault>> {
        Ok(vec![RowKey::Receipt(id(given, 1)?)])
    }

    fn movements(&self, given: &[Given<'_>], case: &str, book: &Book) -> Result<Vec<Movement>, Vec<Fault>> {
        let (owner, receipt) = (id(given, 0)?, id(given, 1)?);
        let Some(Given::Value(Value::Text(name) | Value::Code(name))) = given.get(2) else { return Err(Vec::new()) };
        let (recipe, unit) = self.recipes.get(name).ok_or_else(|| vec![Fault::no_recipe(2, name)])?;
        let runs = u32::try_from(decimal(given, 3)?).map_err(|_| vec![Fault::too_large()])?;
        let quantity = Quantity::of(decimal(given, 4)?, unit).map_err(|fault| vec![Fault::amount(4, &fault)])?;
        let stock = theirs(book, (1, Holding::Receipt(receipt.clone())), &owner)?;
        let (Some(input), Some(product)) = (recipe.inputs.first(), recipe.products.first()) else {
            return Err(Vec::new());
        };
        let taken = input.quantity.times(runs).ok_or_else(|| vec![Fault::too_large()])?;
        let lot = Id::new(&format!("{case}-1")).map_err(|fault| vec![Fault::name(0, &fault)])?;
        Ok(vec![Movement::Process(Process {
            recipe: recipe.clone(),
            runs,
            owner,
            warehouse: stock.warehouse.clone(),
            takes: vec![Take { from: Holding::Receipt(receipt), quantity: taken }],
            makes: vec![Made { lot, method: Method::Lot, commodity: product.commodity.clone(), quantity }],
            waste: Vec::new(),
        })])
    }
}
