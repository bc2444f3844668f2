//! The customs value of each item: its price, with what is added and deducted, in the jurisdiction's currency.
//!
//! The transaction value of the WTO Agreement on Customs Valuation, article 1, with the adjustments of article 8. Must not know of: taxes.

use definition::span::Span;
use definition::value::{Date, Decimal};

use super::{ItemValue, Obstacle, ObstacleFault, Rounding, World, place};
use crate::declaration::{Amount, Charge, Declaration, Item};
use crate::reason::{Charged, Exchanged, Reason};

/// The value of every item, in their order.
pub(super) fn of_items(
    declaration: &Declaration,
    world: &World<'_>,
    day: Date,
) -> Result<Vec<ItemValue>, Vec<Obstacle>> {
    let items = &declaration.shipment.items;
    if items.is_empty() {
        return Err(vec![Obstacle { item: 0, span: None, fault: ObstacleFault::NoItems }]);
    }
    let mut values = Vec::with_capacity(items.len());
    let mut obstacles = Vec::new();
    for item in items {
        match own(declaration, item, world, day) {
            Ok(value) => values.push(value),
            Err(obstacle) => obstacles.push(obstacle),
        }
    }
    if !obstacles.is_empty() {
        return Err(obstacles);
    }
    share(declaration, &mut values, world, day).map_err(|obstacle| vec![obstacle])?;
    for (value, item) in values.iter_mut().zip(items) {
        if value.amount < Decimal::ZERO {
            let span = item.charges.first().and_then(span_of).or_else(|| place::of_item(item));
            obstacles.push(Obstacle { item: value.item, span, fault: ObstacleFault::BelowZero });
        }
        value.amount = Rounding::HalfUp.round(value.amount, world.policy.digits);
    }
    if obstacles.is_empty() { Ok(values) } else { Err(obstacles) }
}

/// An item's value by itself.
fn own(declaration: &Declaration, item: &Item, world: &World<'_>, day: Date) -> Result<ItemValue, Obstacle> {
    let no_number = Obstacle { item: 0, span: place::of_item(item), fault: ObstacleFault::NoNumber };
    let number = item.number.as_ref().and_then(|number| u32::try_from(number.value).ok()).ok_or(no_number)?;
    let fail =
        |span: Option<Span>, fault| Obstacle { item: number, span: span.or_else(|| place::of_item(item)), fault };
    // A price without a currency is in that of the invoice.
    let invoice = declaration.invoice.as_ref().and_then(|invoice| invoice.currency.clone());
    let price =
        item.charge.as_ref().or(item.customs_value.as_ref()).ok_or_else(|| fail(None, ObstacleFault::NoPrice))?;
    let price = Amount { currency: price.currency.clone().or(invoice), ..price.clone() };
    let (mut amount, told) = exchanged(&price, world, day).map_err(|fault| fail(Some(price.value.span), fault))?;
    let mut why = vec![Reason::Price(told)];
    for charge in &item.charges {
        let (added, charged) = signed(charge, world, day).map_err(|fault| fail(span_of(charge), fault))?;
        amount = amount.checked_add(added).ok_or_else(|| fail(None, ObstacleFault::TooLarge))?;
        why.push(Reason::Charge(charged));
    }
    Ok(ItemValue { item: number, amount, why })
}

/// Shares what was charged for all items among them by their value, to the last minor unit (article 8, interpretative note to paragraph 1 (b)).
fn share(declaration: &Declaration, values: &mut [ItemValue], world: &World<'_>, day: Date) -> Result<(), Obstacle> {
    let fail = |span: Option<Span>, fault| Obstacle { item: 0, span, fault };
    let mut charges = Vec::new();
    for charge in &declaration.shipment.charges {
        charges.push(signed(charge, world, day).map_err(|fault| fail(span_of(charge), fault))?);
    }
    let total = values.iter().try_fold(Decimal::ZERO, |sum, value| sum.checked_add(value.amount));
    let total = total.ok_or_else(|| fail(None, ObstacleFault::TooLarge))?;
    if let (true, Some(charge)) = (total.is_zero(), declaration.shipment.charges.first()) {
        return Err(fail(span_of(charge), ObstacleFault::NothingToShare));
    }
    for (charge, of) in charges {
        let mut left = charge;
        let last = values.len().saturating_sub(1);
        for (index, value) in values.iter_mut().enumerate() {
            let part = charge.checked_mul(value.amount).and_then(|product| product.checked_div(total));
            let part = part.ok_or_else(|| fail(None, ObstacleFault::TooLarge))?;
            let part = if index == last { left } else { Rounding::HalfUp.round(part, world.policy.digits) };
            left = left.checked_sub(part).ok_or_else(|| fail(None, ObstacleFault::TooLarge))?;
            value.amount = value.amount.checked_add(part).ok_or_else(|| fail(None, ObstacleFault::TooLarge))?;
            value.why.push(Reason::ChargeShare { part, of: of.clone() });
        }
    }
    Ok(())
}

/// A charge as what it adds: codes that begin with A add, those that begin with B deduct (Union Customs Code, data element 4/9).
fn signed(charge: &Charge, world: &World<'_>, day: Date) -> Result<(Decimal, Charged), ObstacleFault> {
    let kind = charge.kind.as_ref().map(|kind| kind.value.as_str()).unwrap_or_default();
    let amount = charge.amount.as_ref().ok_or(ObstacleFault::NoPrice)?;
    let (sum, amount) = exchanged(amount, world, day)?;
    let charged = |is_deducted| Charged { is_deducted, amount, kind: kind.to_owned() };
    match kind.chars().next() {
        Some('A') => Ok((sum, charged(false))),
        Some('B') => Ok((-sum, charged(true))),
        _ => Err(ObstacleFault::UnknownCharge { kind: kind.to_owned() }),
    }
}

fn span_of(charge: &Charge) -> Option<Span> {
    let kind = charge.kind.as_ref().map(|kind| kind.span);
    kind.or_else(|| charge.amount.as_ref().map(|amount| amount.value.span))
}

/// An amount in the jurisdiction's currency.
fn exchanged(amount: &Amount, world: &World<'_>, day: Date) -> Result<(Decimal, Exchanged), ObstacleFault> {
    let currency = amount.currency.as_deref().ok_or(ObstacleFault::NoCurrency)?;
    let value = amount.value.value;
    let told = |rate| Exchanged { amount: value, currency: currency.to_owned(), rate };
    if currency == world.policy.currency {
        return Ok((value, told(None)));
    }
    let no_rate = || ObstacleFault::NoRate { currency: currency.to_owned(), day };
    let rate = world.rates.find(currency, day).ok_or_else(no_rate)?;
    let exchanged = value.checked_mul(rate).ok_or(ObstacleFault::TooLarge)?;
    Ok((exchanged, told(Some(rate))))
}
