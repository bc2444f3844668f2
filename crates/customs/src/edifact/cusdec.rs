//! What a customs declaration message says, datum by datum: CUSDEC, directory D.96B, to the classes and data of the WCO Data Model.
//!
//! Sources: the segments and their data elements after directory D.96B (UNECE, UNTDID part 3); what the codes of a qualifier mean after its code lists 1131, 3035,
//! 3227, 4451, 5025, 6311 and 6313; what two codes of one list do not settle, after a government's use of the same message (South African Revenue Service,
//! CUSDEC message implementation guide, version 30.2 of 2024): the preference as the second code of an item without a list, and the procedures as the first two lines of
//! the text `CCI`. A code of whose meaning no such list was at hand is not taken. Must not know of: how a segment is found, or what is done with a datum.

use How::{Const, Date, First, Lines, Number, Procedure, Rest, Text};

/// Where a datum stands in a segment: which element after the tag, which component, both from 0.
pub(super) type Slot = (usize, usize);

/// In place of the number of an element: each of those that a row names.
pub(super) const EACH: usize = usize::MAX;

/// What a segment says, if it says it so.
#[derive(Debug)]
pub(super) struct Row {
    /// The group of the directory that the segment stands in.
    pub group: &'static str,
    pub tag: &'static str,
    /// The datum that says what the segment is about, and its codes; an empty one is met by nothing. Without codes it only has to be there.
    pub when: Option<(Slot, &'static [&'static str])>,
    /// The elements that the row holds for, where it holds for more than one.
    pub each: &'static [usize],
    /// The way to the class; `+` opens a new one.
    pub into: &'static str,
    pub takes: &'static [Take],
}

/// A datum that is taken.
#[derive(Debug)]
pub(super) struct Take {
    pub from: Slot,
    /// The way to the datum from the row's class.
    pub to: &'static str,
    pub how: How,
}

/// How a text becomes a datum.
#[derive(Clone, Copy, Debug)]
pub(super) enum How {
    /// As it is.
    Text,
    /// With the components after it, as one text.
    Lines,
    /// The component alone, if there is no name in the fourth element.
    First,
    /// The components after the first, if there is no name in the fourth element.
    Rest,
    /// A number with either decimal mark, and where its unit or currency stands.
    Number(Option<(&'static str, Slot)>),
    /// A day, and where the code of its form stands.
    Date(Slot),
    /// Four digits are the procedure that is asked for and the one before it.
    Procedure,
    /// This text, if the datum is there.
    Const(&'static str),
}

const fn take(from: Slot, to: &'static str, how: How) -> Take {
    Take { from, to, how }
}

const fn money(to: &'static str) -> Take {
    take((0, 1), to, Number(Some(("currencyID", (0, 2)))))
}

const fn measure(to: &'static str) -> Take {
    take((2, 1), to, Number(Some(("unitCode", (2, 0)))))
}

/// A row for a segment: group, tag, qualifier and its codes, class, data.
macro_rules! row {
    ($group:literal $tag:literal, $when:expr => $into:literal, $takes:expr) => {
        Row { group: $group, tag: $tag, when: $when, each: &[0], into: $into, takes: &$takes }
    };
    ($group:literal $tag:literal, $when:expr, each $each:expr => $into:literal, $takes:expr) => {
        Row { group: $group, tag: $tag, when: $when, each: &$each, into: $into, takes: &$takes }
    };
}

/// A segment whose first datum is one of these codes.
const fn is(codes: &'static [&'static str]) -> Option<(Slot, &'static [&'static str])> {
    Some(((0, 0), codes))
}

const fn at(slot: Slot, codes: &'static [&'static str]) -> Option<(Slot, &'static [&'static str])> {
    Some((slot, codes))
}

/// NAD: C082, C058, C080, C059, 3164, 3229, 3251, 3207.
static PARTY: [Take; 9] = [
    take((1, 0), "ID", Text),
    take((3, 0), "Name", Lines),
    take((2, 0), "Name", First),
    take((2, 1), "Address/Line", Rest),
    take((4, 0), "Address/Line", Lines),
    take((5, 0), "Address/CityName", Text),
    take((6, 0), "Address/CountrySubDivisionCode", Text),
    take((7, 0), "Address/PostcodeID", Text),
    take((8, 0), "Address/CountryCode", Text),
];

const fn party(group: &'static str, codes: &'static [&'static str], into: &'static str) -> Row {
    Row { group, tag: "NAD", when: is(codes), each: &[0], into, takes: &PARTY }
}

static CODE: [Take; 1] = [take((1, 0), "ID", Text)];
static COUNTRY: [Take; 1] = [take((1, 0), "CountryCode", Text)];

/// What is said of the declaration as a whole.
pub(super) static HEAD: &[Row] = &[
    row!("SG0" "BGM", None => "", [
        take((2, 0), "FunctionCode", Text), take((1, 0), "FunctionalReferenceID", Text), take((0, 0), "TypeCode", Text)]),
    row!("SG0" "LOC", is(&["9"]) => "GoodsShipment/Consignment/LoadingLocation", CODE),
    row!("SG0" "LOC", is(&["14"]) => "GoodsShipment/Consignment/GoodsLocation", CODE),
    row!("SG0" "LOC", is(&["18"]) => "GoodsShipment/Warehouse", CODE),
    row!("SG0" "LOC", is(&["22"]) => "", [take((1, 0), "DeclarationOfficeID", Text)]),
    row!("SG0" "LOC", is(&["35"]) => "GoodsShipment/ExportCountry", CODE),
    row!("SG0" "LOC", is(&["36"]) => "GoodsShipment/Destination", COUNTRY),
    row!("SG0" "LOC", is(&["42"]) => "ExitOffice", CODE),
    row!("SG0" "DTM", is(&["137"]) => "", [take((0, 1), "IssueDateTime", Date((0, 2)))]),
    row!("SG0" "MEA", at((1, 0), &["AAD", "G"]) => "", [measure("TotalGrossMassMeasure")]),
    row!("SG0" "EQD", is(&["CN"]) => "GoodsShipment/Consignment/+TransportEquipment", CODE),
    row!("SG0" "FTX", is(&["AAI", "ACB"]) => "+AdditionalInformation", [
        take((2, 0), "StatementCode", Text), take((3, 0), "StatementDescription", Lines)]),
    row!("SG1" "RFF", is(&["ABT"]) => "", [take((0, 1), "ID", Text)]),
    row!("SG1" "RFF", is(&["UCN"]) => "GoodsShipment/UCR", [take((0, 1), "ID", Text)]),
    row!("SG4" "TDT", is(&["20"]) => "BorderTransportMeans", [
        take((2, 0), "ModeCode", Text), take((7, 0), "ID", Text), take((7, 3), "Name", Text),
        take((7, 4), "RegistrationNationalityCode", Text)]),
    row!("SG5" "DOC", None => "+AdditionalDocument", [take((0, 0), "TypeCode", Text), take((1, 0), "ID", Text)]),
    party("SG6", &["IM"], "GoodsShipment/Importer"),
    party("SG6", &["EX"], "Exporter"),
    party("SG6", &["DT"], "Declarant"),
    party("SG6", &["AE", "AG", "CB"], "Agent"),
    party("SG6", &["CN"], "GoodsShipment/Consignee"),
    party("SG6", &["CZ"], "GoodsShipment/Consignor"),
    party("SG6", &["SE"], "GoodsShipment/Seller"),
    party("SG6", &["BY"], "GoodsShipment/Buyer"),
    party("SG6", &["CA"], "Consignment/Carrier"),
    row!("SG7" "TOD", None => "GoodsShipment/TradeTerms", [take((2, 0), "ConditionCode", Text)]),
    row!("SG7" "LOC", is(&["1"]) => "GoodsShipment/TradeTerms", [take((1, 0), "LocationID", Text)]),
    row!("SG8" "MOA", is(&["39"]) => "", [money("InvoiceAmount")]),
    row!("SG8" "MOA", is(&["64"]) => "GoodsShipment/CustomsValuation", [money("FreightChargeAmount")]),
    row!("SG9" "CUX", at((0, 1), &[]) => "+CurrencyExchange", [
        take((0, 1), "CurrencyTypeCode", Text), take((2, 0), "RateNumeric", Number(None))]),
    row!("SG0" "CNT", is(&["5"]) => "", [take((0, 1), "GoodsItemQuantity", Number(None))]),
    row!("SG0" "CNT", is(&["7"]) => "", [take((0, 1), "TotalGrossMassMeasure", Number(Some(("unitCode", (0, 2)))))]),
    row!("SG0" "CNT", is(&["11"]) => "", [take((0, 1), "TotalPackageQuantity", Number(None))]),
];

static COMMODITY: [Take; 2] = [take((EACH, 0), "ID", Text), take((EACH, 0), "IdentificationTypeCode", Const("TSP"))];

/// What is said of an item, which CST opens in group 30.
pub(super) static ITEM: &[Row] = &[
    row!("SG30" "CST", at((EACH, 1), &["108", "122", "169"]), each [1, 2, 3, 4, 5] => "Commodity/+Classification", COMMODITY),
    row!("SG30" "CST", at((EACH, 1), &[""]), each [1] => "Commodity/+Classification", COMMODITY),
    row!("SG30" "CST", at((EACH, 1), &["117"]), each [1, 2, 3, 4, 5] => "+GovernmentProcedure", [
        take((EACH, 0), "CurrentCode", Procedure)]),
    row!("SG30" "CST", at((EACH, 1), &["116"]), each [1, 2, 3, 4, 5] => "Commodity/+DutyTaxFee", [
        take((EACH, 0), "DutyRegimeCode", Text)]),
    row!("SG30" "CST", at((EACH, 1), &[""]), each [2] => "Commodity/+DutyTaxFee", [take((EACH, 0), "DutyRegimeCode", Text)]),
    row!("SG30" "FTX", is(&["AAA"]) => "Commodity", [take((3, 0), "Description", Lines)]),
    row!("SG30" "FTX", is(&["CCI"]) => "+GovernmentProcedure", [
        take((3, 0), "CurrentCode", Text), take((3, 1), "PreviousCode", Text)]),
    row!("SG30" "FTX", is(&["AAI", "ACB"]) => "+AdditionalInformation", [
        take((2, 0), "StatementCode", Text), take((3, 0), "StatementDescription", Lines)]),
    row!("SG30" "LOC", is(&["27"]) => "+Origin", [
        take((1, 0), "CountryCode", Text), take((1, 0), "TypeCode", Const("1"))]),
    row!("SG30" "LOC", is(&["35"]) => "ExportCountry", CODE),
    row!("SG30" "LOC", is(&["36"]) => "Destination", COUNTRY),
    row!("SG30" "MEA", is(&["AAR"]) => "Commodity/GoodsMeasure", [measure("TariffQuantity")]),
    row!("SG30" "MEA", at((1, 0), &["G", "AAB", "AAE"]) => "Commodity/GoodsMeasure", [measure("GrossMassMeasure")]),
    row!("SG30" "MEA", at((1, 0), &["AAF", "AAL", "N"]) => "Commodity/GoodsMeasure", [measure("NetNetWeightMeasure")]),
    party("SG30", &["SE"], "Seller"),
    party("SG30", &["BY"], "Buyer"),
    party("SG30", &["CN"], "Consignee"),
    party("SG30", &["CZ"], "Consignor"),
    row!("SG31" "PAC", None => "+Packaging", [
        take((0, 0), "QuantityQuantity", Number(None)), take((2, 0), "TypeCode", Text)]),
    row!("SG32" "PCI", None => "Packaging", [take((1, 0), "MarksNumbersID", Lines)]),
    row!("SG33" "MOA", is(&["38"]) => "Commodity/InvoiceLine", [money("ItemChargeAmount")]),
    row!("SG33" "MOA", is(&["40"]) => "", [money("CustomsValueAmount")]),
    row!("SG35" "RFF", is(&["WE"]) => "+PreviousDocument", [
        take((0, 1), "ID", Text), take((0, 2), "LineNumeric", Number(None))]),
    row!("SG37" "DOC", None => "+AdditionalDocument", [take((0, 0), "TypeCode", Text), take((1, 0), "ID", Text)]),
    row!("SG40" "GIS", at((0, 1), &["127"]) => "CustomsValuation", [take((0, 0), "MethodCode", Text)]),
    row!("SG41" "TAX", None => "Commodity/+DutyTaxFee", [
        take((1, 0), "TypeCode", Text), take((4, 3), "TaxRateNumeric", Number(None))]),
    row!("SG41" "MOA", is(&["125"]) => "Commodity/DutyTaxFee", [money("AdValoremTaxBaseAmount")]),
    row!("SG41" "MOA", is(&["161"]) => "Commodity/DutyTaxFee/Payment", [money("TaxAssessedAmount")]),
    row!("SG41" "GIS", at((0, 1), &["134"]) => "Commodity/DutyTaxFee/Payment", [take((0, 0), "MethodCode", Text)]),
];
