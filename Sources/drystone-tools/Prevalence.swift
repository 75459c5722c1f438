import ArgumentParser
import Foundation
import Statistics

/// `drystone prevalence`
struct Prevalence: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How many people of an area are likely to live with domestic abuse, by published rates.",
        discussion: """
            Multiplies the rates of a named set with the populations of an area, exactly, and rounds as the set says, \
            halves up. The file of populations has single years of age:

              estimate,code,area,age,persons
              mid-2020,E06000017,Rutland,0,312
              mid-2020,E06000017,Rutland,90+,427

            Rates for women and men need a column `sex` (female, male) as well. Of several estimates the last counts, \
            or --estimate.

            Rate sets: \(ShippedRates.all.map(\.name).joined(separator: ", ")), or a JSON file of your own. \
            fitted_2021 is for checking two old assessments, not for publishing.

            Exit codes: 0 worked out, 2 not understood. docs/guide/prevalence.md says where each rate comes from.
            """)

    @Option(help: ArgumentHelp("Populations by single year of age, CSV.", valueName: "file"))
    var populations: String
    @Option(help: ArgumentHelp("The area's code, as E06000017.", valueName: "code"))
    var area: String
    @Option(help: ArgumentHelp("A rate set by name, or a JSON file.", valueName: "name"))
    var rates = ShippedRates.usual
    @Option(help: ArgumentHelp("The estimate of the populations, as mid-2020.", valueName: "name"))
    var estimate: String?
    @Option(parsing: .singleValue, help: ArgumentHelp("Only this measure of the set.", valueName: "name"))
    var measure: [String] = []
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "People whom agencies know, to show beside the first estimate.", valueName: "number"))
    var identified: Int?
    @Flag(help: "One JSON document on standard output.")
    var json = false

    func validate() throws {
        if let identified, !(0...10_000_000).contains(identified) {
            throw ValidationError("--identified must be a number of people.")
        }
    }

    func run() throws {
        let set = try Self.rateSet(rates)
        let measures = try measure.isEmpty ? set.measures : measure.map { name in
            guard let found = set.measures.first(where: { $0.name == name }) else {
                let known = set.measures.map(\.name).joined(separator: ", ")
                throw Unreadable(text: "\(set.name) has no measure \(name); it has \(known).")
            }
            return found
        }
        let place = try populationArea()
        var found: [PrevalenceEstimate] = [], missing: [PrevalenceDocument.Missing] = []
        for measure in measures {
            do {
                found.append(try PrevalenceEstimate(measure, place, roundTo: set.roundTo))
            } catch {
                missing.append(.init(measure: measure.name, why: Self.why(error)))
            }
        }
        if found.isEmpty || !measure.isEmpty, let first = missing.first {
            throw Unreadable(
                text: "\(first.measure) of \(set.name) can't be worked out from \(populations): \(first.why).")
        }
        let document = PrevalenceDocument(set, place, found, missing, identified: identified)
        if json {
            try Terminal.printJSON(document)
        } else {
            print(document.lines.joined(separator: "\n"))
        }
    }

    private func populationArea() throws -> PopulationFile.Area {
        let text = try Terminal.text(of: populations, atMost: 100_000_000)
        do {
            return try PopulationFile(text).area(area, estimate: estimate)
        } catch {
            throw Unreadable(text: "\(populations) can't be used: \(error.description).")
        }
    }

    private static func why(_ gap: PrevalenceEstimate.Gap) -> String {
        switch gap {
        case .sex:
            "it needs populations by sex, and the file has persons only. Load a file with a column sex (female, male)"
        case .ages(let ages):
            "the file doesn't have every single year of the ages \(ages) for this area"
        }
    }

    /// A set that comes with the program, or a file.
    private static func rateSet(_ name: String) throws -> RateSet {
        let json: Data
        if let shipped = ShippedRates.all.first(where: { $0.name == name }) {
            json = Data(shipped.json)
        } else if name.hasSuffix(".json") || name.contains("/") {
            json = Data(try Terminal.text(of: name).utf8)
        } else {
            let names = ShippedRates.all.map(\.name).joined(separator: ", ")
            throw Unreadable(text: "there is no rate set \(name). Use \(names), or a JSON file.")
        }
        do {
            let set = try JSONDecoder().decode(RateSet.self, from: json)
            if let problem = set.problem { throw Unreadable(text: "\(name) can't be used: \(problem).") }
            return set
        } catch let error as DecodingError {
            throw Unreadable(text: "\(name) can't be used: \(told(error)). docs/guide/prevalence.md has the format.")
        }
    }

    private static func told(_ error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: ", ")
        }
        switch error {
        case .keyNotFound(let key, let context):
            return (context.codingPath.isEmpty ? "" : "at \(place(context.codingPath)): ")
                + "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return "at \(place(context.codingPath)): another kind of value is needed"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty
                ? "it isn't JSON" : "at \(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: return "its form isn't known"
        }
    }
}
