/// Encodes an agency's file: what `drystone encode` does, from bytes to bytes.
public enum Encoding {
    public struct Request: Sendable {
        public let key: EncodingKey
        public let mode: EncodingMode
        /// Whose file it is, where it has no column `agency`.
        public let agency: String?
        /// What to carry for counting.
        public let attributes: [EncodedAttributes.Attribute]

        public init(
            _ key: EncodingKey, mode: EncodingMode = .field, agency: String? = nil,
            attributes: [EncodedAttributes.Attribute] = []
        ) {
            (self.key, self.mode, self.agency, self.attributes) = (key, mode, agency, attributes)
        }
    }

    public enum Problem: Error, Sendable, Equatable {
        /// The file can't be used; a sentence.
        case file(String)
        /// So many combinations of attributes, of so many records, are of fewer than five.
        case tooFew(combinations: Int, records: Int)
    }

    public struct Outcome: Sendable {
        public let file: [UInt8]
        public let records: Int
        public let profile: EncodedProfile
        /// Columns of the file that are of no use here, by name.
        public let unused: [String]
    }

    static let columns = [
        "record_id", "agency", "event_date", "forename", "middle_name", "surname", "dob", "sex", "postcode",
        "nhs_number", "phone", "ethnicity", "area",
    ]

    /// The encoded file, the same for the same input.
    public static func encode(
        _ bytes: UnsafeBufferPointer<UInt8>, _ request: Request, progress: (Double) -> Void = { _ in }
    ) throws(Problem) -> Outcome {
        let result: Result<Outcome, Problem>
        do throws(EncodedTable.Problem) {
            result = try encoded(bytes, request, progress)
        } catch {
            throw .file(error.description)
        }
        return try result.get()
    }

    private static func encoded(
        _ bytes: UnsafeBufferPointer<UInt8>, _ request: Request, _ progress: (Double) -> Void
    ) throws(EncodedTable.Problem) -> Result<Outcome, Problem> {
        var table = try EncodedTable(bytes)
        var at: [String: Int] = [:]
        for name in columns { at[name] = try table.column(name) }
        guard at["surname"] != nil || at["nhs_number"] != nil || at["phone"] != nil else {
            throw EncodedTable.Problem("the header needs surname, nhs_number or phone; known columns are "
                + columns.joined(separator: ", "), line: 1)
        }
        for (attribute, name) in [(EncodedAttributes.Attribute.ethnicity, "ethnicity"), (.area, "area")]
        where request.attributes.contains(attribute) && at[name] == nil {
            throw EncodedTable.Problem("there is no column \(name); leave that attribute out", line: 1)
        }
        var encoder = RecordEncoder(request.key, request.mode, room: bytes.count / 40)
        var agencies: [String] = [], attributes = EncodedAttributes(request.attributes), seen = Set<UInt64>()
        let columns = RecordColumns(at), order = EncodedHash(request.key.derived("agency"))
        var names: [UInt64: (number: UInt8, hash: UInt64)] = [:], count = 0
        while try table.next() {
            guard count < EncodedTable.mostRecords else {
                throw EncodedTable.Problem("it has more than \(EncodedTable.mostRecords) records; divide it")
            }
            var fields = columns.fields(table, row: count)
            let name = columns.agency.map { table.fields[$0] }, quick = name.map { order($0) } ?? 0
            if let found = names[quick] {
                (fields.agency, fields.agencyName) = found
            } else {
                let text = name.map { String(decoding: $0, as: UTF8.self) } ?? request.agency ?? "unknown"
                guard agencies.count < 250 else { throw EncodedTable.Problem("it has more than 250 agencies") }
                names[quick] = (UInt8(agencies.count), order(Array(text.utf8)))
                (fields.agency, fields.agencyName) = (UInt8(agencies.count), order(Array(text.utf8)))
                agencies.append(text)
            }
            encoder.add(fields)
            if !request.attributes.isEmpty, !attributes.add(columns.values(table, request.attributes)) {
                throw EncodedTable.Problem("an attribute has more than \(EncodedAttributes.mostValues) values")
            }
            count += 1
            if count & 0x3fff == 0 { progress(Double(count)) }
        }
        guard count > 0 else { throw EncodedTable.Problem("it has no records") }
        for record in encoder.rows.words(0) where !seen.insert(record).inserted {
            throw EncodedTable.Problem("a record_id stands there twice (in one agency); it must be unique")
        }
        let few = attributes.tooFew
        guard few.records == 0 else { return .failure(.tooFew(combinations: few.combinations, records: few.records)) }
        let profile = EncodedProfile(encoder.profile, columns: Set(at.keys))
        let header = EncodedHeader(
            mode: request.mode, agencies: agencies, columns: encoder.rows.columns.map(\.column), attributes: attributes,
            profile: profile)
        let file = EncodedFile.write(header, encoder.rows, attributes, request.key)
        let unused = table.header.filter { !Self.columns.contains($0) }
        return .success(Outcome(file: file, records: count, profile: profile, unused: unused))
    }
}

/// Where the fields of a record stand.
private struct RecordColumns {
    let agency: Int?
    private let record, event, forename, middle, surname, birth, sex, postcode, nhs, phone, ethnicity, area: Int?

    init(_ at: [String: Int]) {
        agency = at["agency"]
        (record, event) = (at["record_id"], at["event_date"])
        (forename, middle, surname) = (at["forename"], at["middle_name"], at["surname"])
        (birth, sex, postcode) = (at["dob"], at["sex"], at["postcode"])
        (nhs, phone) = (at["nhs_number"], at["phone"])
        (ethnicity, area) = (at["ethnicity"], at["area"])
    }

    @inline(__always)
    func fields(_ table: EncodedTable, row: Int) -> RecordEncoder.Fields {
        func field(_ column: Int?) -> UnsafeBufferPointer<UInt8>? { column.map { table.fields[$0] } }
        let number = field(record)
        return RecordEncoder.Fields(
            record: number?.isEmpty == true ? nil : number, forename: field(forename), middle: field(middle),
            surname: field(surname), birth: field(birth), sex: field(sex), postcode: field(postcode), nhs: field(nhs),
            phone: field(phone), row: row)
    }

    func values(_ table: EncodedTable, _ attributes: [EncodedAttributes.Attribute]) -> [String] {
        func text(_ column: Int?) -> String {
            let text = column.map { String(decoding: table.fields[$0], as: UTF8.self) } ?? ""
            return text.isEmpty ? "unknown" : text
        }
        let date = event.flatMap { EncodedDate(table.fields[$0]) }
        return attributes.map { attribute in
            switch attribute {
            case .year: return date.map(EncodedAttributes.yearBand) ?? "unknown"
            case .age:
                guard let date, let born = birth.flatMap({ EncodedDate(table.fields[$0]) }), !born.isDefault else {
                    return "unknown"
                }
                return EncodedAttributes.ageBand(born.age(on: date))
            case .sex:
                let letter = text(sex).lowercased().first
                return letter == "f" || letter == "w" ? "female" : letter == "m" ? "male" : "unknown"
            case .ethnicity: return text(ethnicity)
            case .area: return text(area)
            }
        }
    }
}

extension Encoding {
    /// By agency and record_id, the token under which a record stands in encoded files: with the key, an agency finds
    /// its own again.
    public static func recordTokens(_ key: EncodingKey) -> (_ agency: String, _ record: String) -> UInt64 {
        let agencies = EncodedHash(key.derived("agency")), records = EncodedHash(key.derived("record"))
        return { records(agencies(Array($0.utf8)), records(Array($1.utf8)), 0) }
    }
}
