/// What is wrong with a file of populations, for whoever made it.
public struct PopulationFileProblem: Error, Sendable, Equatable, CustomStringConvertible {
    public let line: Int?
    public let text: String

    public var description: String { line.map { "line \($0): \(text)" } ?? text }
}

/// Populations by area and single year of age, as ONS estimates them. Comma-separated, with the columns `estimate`
/// (mid-2020), `code`, `area`, `age` (0, 1, ... and a last one such as 90+), `persons` (how many) and, for rates by
/// sex, `sex` (female, male); in any order, others are passed over.
public struct PopulationFile: Sendable {
    /// One area's people in one estimate.
    public struct Area: Sendable {
        public let code: String
        public let name: String
        public let estimate: String
        /// By sex, by age.
        var people: [RateSet.Sex: [Int: Int]] = [:]
        /// The last age, which has no end; nil when there is none.
        var openAge: Int?
    }

    /// By code and estimate.
    private let areas: [String: [String: Area]]
    public let hasSex: Bool

    static let mostLines = 2_000_000, mostPeople = 10_000_000

    public init(_ text: String) throws(PopulationFileProblem) {
        var columns: Columns?, areas: [String: [String: Area]] = [:], number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            guard number <= Self.mostLines else {
                throw PopulationFileProblem(line: nil, text: "it has more than \(Self.mostLines) lines")
            }
            let fields = Self.fields(line)
            if fields.allSatisfy(\.isEmpty) { continue }
            guard let columns else {
                columns = try Columns(fields, line: number)
                continue
            }
            let row = try Row(fields, columns, line: number)
            var area = areas[row.code]?[row.estimate]
                ?? Area(code: row.code, name: row.area, estimate: row.estimate)
            try area.add(row)
            areas[row.code, default: [:]][row.estimate] = area
        }
        guard let columns, !areas.isEmpty else {
            throw PopulationFileProblem(line: nil, text: "it has no line with a population")
        }
        self.areas = areas
        hasSex = columns.sex != nil
    }

    /// The area of this code in this estimate, or in the last of them by name (mid-2020 comes after mid-2019).
    public func area(_ code: String, estimate: String?) throws(PopulationFileProblem) -> Area {
        guard let found = areas[code.uppercased()] else {
            let known = areas.keys.sorted(), shown = known.prefix(12).joined(separator: ", ")
            throw PopulationFileProblem(
                line: nil, text: "there is no area \(code); it has \(shown)\(known.count > 12 ? " and others" : "")")
        }
        let names = found.keys.sorted()
        guard let area = found[estimate ?? names[names.count - 1]] else {
            throw PopulationFileProblem(
                line: nil, text: "there is no estimate \(estimate ?? ""); it has \(names.joined(separator: ", "))")
        }
        return area
    }

    /// A line's values; quotes round a value may hold commas.
    private static func fields(_ line: Substring) -> [String] {
        var fields: [String] = [], field = "", isQuoted = false
        for letter in line where letter != "\u{FEFF}" {
            if letter == "\"" { isQuoted.toggle() } else if letter == ",", !isQuoted {
                fields.append(field)
                field = ""
            } else { field.append(letter) }
        }
        return (fields + [field]).map { field in
            let start = field.drop { $0.isWhitespace }
            return String(start.reversed().drop { $0.isWhitespace }.reversed())
        }
    }

    struct Columns {
        let estimate, code, area, age, persons: Int
        let sex: Int?

        init(_ header: [String], line: Int) throws(PopulationFileProblem) {
            let names = header.map { $0.lowercased() }
            func column(_ name: String) throws(PopulationFileProblem) -> Int {
                guard let place = names.firstIndex(of: name) else {
                    throw PopulationFileProblem(
                        line: line,
                        text: "the header has no column \(name); needed: estimate, code, area, age, persons")
                }
                return place
            }
            estimate = try column("estimate")
            code = try column("code")
            area = try column("area")
            age = try column("age")
            persons = try column("persons")
            sex = names.firstIndex(of: "sex")
        }
    }
}

/// A line of the file.
private struct Row {
    let line: Int, code, area, estimate: String, age: Int, isOpen: Bool, sex: RateSet.Sex, people: Int

    init(_ fields: [String], _ columns: PopulationFile.Columns, line: Int) throws(PopulationFileProblem) {
        func value(_ column: Int) -> String { column < fields.count ? fields[column] : "" }
        func problem(_ text: String) -> PopulationFileProblem { PopulationFileProblem(line: line, text: text) }
        self.line = line
        code = value(columns.code).uppercased()
        area = value(columns.area)
        estimate = value(columns.estimate)
        guard !code.isEmpty, !estimate.isEmpty else { throw problem("code and estimate must not be empty") }
        let age = value(columns.age)
        isOpen = age.hasSuffix("+")
        guard let years = Int(isOpen ? age.dropLast() : age[...]), (0...120).contains(years) else {
            throw problem("age must be a single year such as 34, or 90+ for the last; bands can't be divided")
        }
        self.age = years
        switch columns.sex.map(value)?.lowercased() {
        case nil, "persons", "all", "p": sex = .persons
        case "female", "f", "women", "females": sex = .female
        case "male", "m", "men", "males": sex = .male
        default: throw problem("sex must be female, male or persons")
        }
        let digits = value(columns.persons).filter { $0 != "," }
        guard let people = Int(digits), (0...PopulationFile.mostPeople).contains(people) else {
            throw problem("persons must be a whole number from 0 to \(PopulationFile.mostPeople)")
        }
        self.people = people
    }
}

extension PopulationFile.Area {
    fileprivate mutating func add(_ row: Row) throws(PopulationFileProblem) {
        guard people[row.sex]?[row.age] == nil else {
            throw PopulationFileProblem(line: row.line, text: "\(code), \(estimate), age \(row.age) was there before")
        }
        if row.isOpen {
            guard openAge == nil || openAge == row.age else {
                throw PopulationFileProblem(line: row.line, text: "\(code) has two last ages")
            }
            openAge = row.age
        }
        people[row.sex, default: [:]][row.age] = row.people
    }

    /// People of these ages; nil when the file doesn't say.
    public func people(_ sex: RateSet.Sex, _ ages: RateSet.Ages) -> Int? {
        guard let byAge = people[sex] else {
            guard sex == .persons, let women = people(.female, ages), let men = people(.male, ages) else { return nil }
            return women + men
        }
        let last = ages.to ?? openAge ?? -1
        guard last >= ages.from, openAge.map({ last < $0 || ages.to == nil }) ?? true else { return nil }
        var sum = 0
        for age in ages.from...last {
            guard let people = byAge[age] else { return nil }
            sum += people
        }
        return sum
    }

    public var hasSexes: Bool { people[.female] != nil && people[.male] != nil }
}
