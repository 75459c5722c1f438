/// How well each field is filled, found on the agency's side, where it can be seen. Rates per 10,000, so that no count
/// stands in the header from which a single record could be told.
public struct EncodedProfile: Sendable, Codable, Equatable {
    /// Of all records; in parts of 10,000.
    public struct Field: Sendable, Codable, Equatable {
        /// Nothing stands there.
        public let missing: Int
        /// A word for "unknown", or a default such as 1 January 1900.
        public let unknown: Int
        /// Something that isn't one: a NHS number with a wrong digit, a date that isn't.
        public let unreadable: Int
    }

    /// By name; a field without a column in the agency's file isn't there.
    public let fields: [String: Field]
    /// Births on 1 January, of all births: some 27 in 10,000 are real.
    public let newYears: Int

    /// Rates are parts of 10,000, whoever wrote them: a header's checksum is no proof of who did.
    var isPossible: Bool {
        func isRate(_ number: Int) -> Bool { (0...10_000).contains(number) }
        return fields.count <= 64 && isRate(newYears)
            && fields.values.allSatisfy { isRate($0.missing) && isRate($0.unknown) && isRate($0.unreadable) }
    }

    /// While records are read.
    struct Counts {
        struct Field {
            var present = 0, missing = 0, unknown = 0, unreadable = 0

            @inline(__always)
            mutating func note<Value>(_ bytes: UnsafeBufferPointer<UInt8>?, _ value: Value?) -> Value? {
                if value != nil { present += 1 } else if let bytes {
                    if bytes.isEmpty || bytes.allSatisfy({ $0 == 0x20 }) { missing += 1 } else { unreadable += 1 }
                }
                return value
            }
        }

        var records = 0, newYears = 0
        var forename = Field(), middle = Field(), surname = Field(), birth = Field(), sex = Field()
        var postcode = Field(), nhs = Field(), phone = Field()
    }

    init(_ counts: Counts, columns: Set<String>) {
        func rate(_ count: Int, _ all: Int) -> Int { all == 0 ? 0 : (count * 20_000 + all) / (2 * all) }
        let all: [(String, Counts.Field)] = [
            ("forename", counts.forename), ("middle_name", counts.middle), ("surname", counts.surname),
            ("dob", counts.birth), ("sex", counts.sex), ("postcode", counts.postcode), ("nhs_number", counts.nhs),
            ("phone", counts.phone),
        ]
        fields = Dictionary(uniqueKeysWithValues: all.filter { columns.contains($0.0) }.map { name, field in
            (name, Field(
                missing: rate(field.missing, counts.records), unknown: rate(field.unknown, counts.records),
                unreadable: rate(field.unreadable, counts.records)))
        })
        newYears = rate(counts.newYears, counts.birth.present)
    }
}
