@testable import Linkage

/// Invented records for tests: names as frequent as Zipf's law has them, with slips of the hand in some.
struct InventedPeople {
    private var state: UInt64
    private(set) var lines = ["record_id,agency,event_date,forename,surname,dob,sex,postcode,nhs_number,phone"]
    /// Person and surname by record_id.
    private(set) var people: [String: (person: Int, forename: String, surname: String)] = [:]

    static let starts = [
        "Bar", "Cal", "Den", "Far", "Gil", "Har", "Kes", "Lam", "Mor", "Nor", "Pen", "Rad", "Sel", "Tor",
    ]
    static let ends = ["ton", "low", "wick", "man", "ley", "ford", "son", "ham", "dale", "worth", "by", "ster", "kin"]
    static let surnames = ends.flatMap { end in starts.map { $0 + end } }
    static let forenames = ["a", "ine", "en", "or", "elle", "is", "ard"].flatMap { end in
        starts.map { $0 + end }
    }

    mutating func below(_ count: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(count))
    }

    /// One of a list, the first much oftener than the last.
    private mutating func frequent(_ list: [String]) -> String {
        let share = Double(below(1_000_000)) / 1_000_000
        return list[Int(Double(list.count) * share * share * share)]
    }

    init(_ count: Int, seed: UInt64) {
        state = seed
        for person in 0..<count {
            let forename = frequent(Self.forenames), surname = frequent(Self.surnames)
            let month = String(101 + below(12)).dropFirst(), day = String(101 + below(28)).dropFirst()
            let birth = "\(1940 + below(65))-\(month)-\(day)"
            let postcode = "QX\(1 + below(30)) \(below(10))A\(["B", "D", "E", "F"][below(4)])"
            for copy in 0..<(person.isMultiple(of: 3) ? 2 : 1) {
                let number = "R\(person)-\(copy)", agency = copy == 0 ? "police" : "refuge"
                let slip = copy == 1 && below(4) == 0
                let written = slip ? String(surname.dropLast()) : surname.uppercased()
                lines.append("\(number),\(agency),2023-05-01,\(forename),\(written),\(birth),F,\(postcode),,")
                people[number] = (person, forename, surname)
            }
        }
    }

    var csv: [UInt8] { Array(lines.joined(separator: "\n").utf8) }

    /// A key that every run has alike.
    static let key = try! EncodingKey(
        text: "drystone-encoding-key 1 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 78a08404")

    static func encoded(
        _ csv: [UInt8], _ mode: EncodingMode = .field, key: EncodingKey = key,
        attributes: [EncodedAttributes.Attribute] = []
    ) throws -> [UInt8] {
        try csv.withUnsafeBufferPointer {
            try Encoding.encode($0, .init(key, mode: mode, attributes: attributes)).file
        }
    }
}
