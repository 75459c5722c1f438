/// What two records must share to be compared: one of several rules is enough.
struct BlockingRule: Sendable {
    /// A part of a key.
    enum Part: Sendable {
        case value(Int)
        case sound(Int)
        case root(Int)
        case initial(Int)
        case year(Int)
        /// Day and month in either order.
        case dayMonth(Int)
        /// The postcode's district.
        case outward(Int)
        /// Both names, in either order, as they sound.
        case eitherOrder(Int, Int)
    }

    let name: String
    let parts: [Part]
    /// A block of more records is left to the other rules.
    let most: Int

    init(_ name: String, _ most: Int, _ parts: Part...) {
        (self.name, self.most, self.parts) = (name, most, parts)
    }

    /// The rules for these fields: names and dates however they are spelt, numbers and addresses as they are.
    static func rules(for types: [FieldType]) -> [BlockingRule] {
        let first = types.firstIndex(of: .forename), last = types.firstIndex(of: .surname)
        let born = types.firstIndex(of: .date), post = types.firstIndex(of: .postcode)
        var rules: [BlockingRule] = []
        for (field, type) in types.enumerated() where [.identifier, .nhsNumber, .phone].contains(type) {
            rules.append(BlockingRule("the same \(type.rawValue)", 60, .value(field)))
        }
        if let born {
            if let last { rules.append(BlockingRule("date and surname's sound", 120, .value(born), .sound(last))) }
            if let first { rules.append(BlockingRule("date and forename", 120, .value(born), .root(first))) }
            if let post { rules.append(BlockingRule("date and postcode", 120, .value(born), .value(post))) }
        }
        if let first, let post { rules.append(BlockingRule("forename and postcode", 60, .root(first), .value(post))) }
        if let last, let post {
            rules.append(BlockingRule("surname's sound and postcode", 60, .sound(last), .value(post)))
        }
        if let first, let last {
            if let born {
                rules += [
                    BlockingRule("names and year", 60, .root(first), .sound(last), .year(born)),
                    BlockingRule("names and day", 60, .root(first), .sound(last), .dayMonth(born)),
                    BlockingRule("names in either order and year", 60, .eitherOrder(first, last), .year(born)),
                ]
            }
            rules.append(BlockingRule("forename and surname", 24, .root(first), .value(last)))
            if let post {
                rules.append(
                    BlockingRule("names in either order and postcode", 60, .eitherOrder(first, last), .value(post)))
                rules.append(
                    BlockingRule("names' beginnings and district", 40, .initial(first), .sound(last), .outward(post)))
            }
        }
        if let first, let born {
            rules.append(BlockingRule("initial and day", 6, .initial(first), .value(born)))
        }
        let places = types.indices.filter { types[$0] == .address || types[$0] == .text }
        for place in places {
            if let first { rules.append(BlockingRule("forename and address", 60, .root(first), .value(place))) }
            if let last { rules.append(BlockingRule("surname and address", 60, .sound(last), .value(place))) }
            if let born { rules.append(BlockingRule("date and address", 60, .value(born), .value(place))) }
        }
        if first == nil, last == nil, rules.isEmpty {
            for field in types.indices { rules.append(BlockingRule("the same value", 60, .value(field))) }
        }
        return Array(rules.prefix(24))
    }
}
