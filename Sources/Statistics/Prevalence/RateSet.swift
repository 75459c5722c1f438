/// Published (or fitted) rates of one survey and year, with where they come from. A data file: a JSON object with these
/// names, `percent` as text or number.
public struct RateSet: Sendable, Decodable {
    public enum Status: String, Sendable, Decodable {
        /// Stands in the source as it stands here.
        case published
        /// Chosen so that somebody's figures come out: for checking those figures, not for publishing.
        case fitted
    }

    public let name: String
    public let title: String
    public let status: Status
    /// Where the rates stand: publisher, document, address.
    public let source: String
    /// When they were published, or worked out.
    public let vintage: String
    /// What a reader must know before using a number made of them.
    public let caveat: String
    /// What a number is rounded to, halves up.
    public let roundTo: Int
    public let measures: [Measure]

    /// What is estimated.
    public struct Measure: Sendable, Decodable {
        public let name: String
        public let definition: String
        public let period: String
        /// Each with ages of its own; the estimate is their sum.
        public let parts: [Part]
    }

    /// A rate of the people of some ages.
    public struct Part: Sendable, Decodable {
        public let sex: Sex
        public let ages: Ages
        public let percent: ExactShare
        /// 95% interval, where the source gives one.
        public let low: ExactShare?
        public let high: ExactShare?
    }

    public enum Sex: String, Sendable, Decodable, CaseIterable {
        case persons, female, male
    }

    /// Single years from one to another, both in: "16-74", or "16+".
    public struct Ages: Sendable, Equatable, CustomStringConvertible {
        public let from: Int
        /// Nil: no end.
        public let to: Int?

        public var description: String { to.map { "\(from) to \($0)" } ?? "\(from) and over" }

        public init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false)
            if text.hasSuffix("+"), let from = Int(text.dropLast()), (0...120).contains(from) {
                (self.from, to) = (from, nil)
            } else if parts.count == 2, let from = Int(parts[0]), let to = Int(parts[1]),
                from >= 0, from <= to, to <= 120 {
                (self.from, self.to) = (from, to)
            } else {
                return nil
            }
        }

        func overlaps(_ other: Ages) -> Bool { from <= other.to ?? .max && other.from <= to ?? .max }
    }

    private enum CodingKeys: String, CodingKey {
        case name, title, status, source, vintage, caveat, roundTo = "round_to", measures
    }

    /// What is wrong with it beyond its form; nil when it can be used.
    public var problem: String? {
        if measures.isEmpty { return "it has no \"measures\"" }
        if !(1...10_000).contains(roundTo) { return "\"round_to\" must be from 1 to 10000" }
        for text in [name, title, source, vintage, caveat] where text.isEmpty {
            return "\"name\", \"title\", \"source\", \"vintage\" and \"caveat\" must say something"
        }
        if Set(measures.map(\.name)).count < measures.count { return "two measures have one name" }
        return measures.lazy.compactMap(\.problem).first
    }
}

extension RateSet.Measure {
    var problem: String? {
        if parts.isEmpty { return "measure \(name) has no \"parts\"" }
        for (place, part) in parts.enumerated() {
            if (part.low == nil) != (part.high == nil) {
                return "measure \(name): an interval needs \"low\" and \"high\""
            }
            if let low = part.low, let high = part.high,
                !(low.scaled...max(low.scaled, high.scaled)).contains(part.percent.scaled) {
                return "measure \(name): the rate must lie between \"low\" and \"high\""
            }
            let sameSex = { (other: RateSet.Part) in
                other.sex == part.sex || other.sex == .persons || part.sex == .persons
            }
            if parts[..<place].contains(where: { sameSex($0) && $0.ages.overlaps(part.ages) }) {
                return "measure \(name) counts people of some ages twice"
            }
        }
        return nil
    }
}

extension RateSet.Ages: Decodable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let ages = Self(text) else {
            throw DecodingError.dataCorrupted(.init(
                codingPath: decoder.codingPath, debugDescription: "ages must be like 16-74 or 16+"))
        }
        self = ages
    }
}

extension ExactShare: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // A number's shortest text is what was typed, as far as 15 digits.
        let text = if let text = try? container.decode(String.self) { text } else {
            Self.withoutPoint(try container.decode(Double.self).description)
        }
        guard let share = Self(percent: text) else {
            throw DecodingError.dataCorrupted(.init(
                codingPath: decoder.codingPath,
                debugDescription: "a rate must be a percentage from 0 to 100 with at most 5 digits after the point"))
        }
        self = share
    }

    private static func withoutPoint(_ text: String) -> String {
        text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
