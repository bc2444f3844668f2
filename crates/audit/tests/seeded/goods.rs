//! Goods that came into the zone, were stored, sold by receipt, worked on and left, but for a part that stays.
//!
//! Must not know of: any one check.

use app::definition::value::Value;
use app::{App, Payment};

use crate::history::Town;
use crate::truck;

impl Town {
    /// A truck comes, a third of it is sold, biscuits are made of that and leave.
    pub async fn truck(&self) {
        let app: &App = &self.app;
        let lot = self.entered().await;
        let receipt = truck::issue(app, &lot, "10000").await.unwrap().case.reference();
        self.tick();
        let sold = truck::transfer(app, &receipt, "C-0002").await.unwrap().case.reference();
        self.tick();
        let product = truck::process(app, &sold, "100", "9500").await.unwrap().case.reference();
        self.tick();
        let exit = truck::leave(app, "EXIT-1", &format!("{product}-1"), "9500").await.unwrap();
        self.tick();
        let facts = self.state(exit.case).await.facts;
        let Value::Money(amount) = facts["assessment.payable"].clone() else { panic!() };
        app.confirm_payment(exit.case, &Payment { receipt: "R-TRUCK".to_owned(), amount }).await.unwrap();
        self.tick();
        // More of the flour is set apart, and stays.
        truck::issue(app, &lot, "5000").await.unwrap();
        self.tick();
        // Some more is offered, not wanted, and becomes a lot again.
        let receipt = truck::issue(app, &lot, "1000").await.unwrap().case.reference();
        truck::offer(app, &receipt, "C-0002").await.unwrap();
        self.tick();
        let named = [("company", truck::text("C-0002")), ("offer", truck::text(&receipt))];
        truck::apply(app, truck::BUYER, "offer-rejection", &named).await.unwrap();
        self.tick();
        let named = [("company", truck::text("C-0001")), ("receipt", truck::text(&receipt))];
        truck::apply(app, truck::SELLER, "receipt-surrender", &named).await.unwrap();
        self.tick();
        self.deliver().await;
    }

    /// The lot that the truck's flour is in.
    async fn entered(&self) -> String {
        let lot = truck::enter(&self.app).await.unwrap().case.reference();
        self.tick();
        format!("{lot}-1")
    }
}
