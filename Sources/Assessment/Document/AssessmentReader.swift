import Foundation
import Statistics

/// Works an assessment out of its file.
public struct AssessmentReader {
    /// Reads a file of shapes that the input names.
    private let shapes: (String) throws -> Data
    private let catalogue: [MeasureDefinition]

    /// `shapes` is asked for the files of maps, by the name that stands in the input.
    public init(shapes: @escaping (String) throws -> Data) throws {
        self.shapes = shapes
        catalogue = try JSONDecoder().decode([MeasureDefinition].self, from: Data(ShippedMeasures.json))
    }

    /// Throws `AssessmentProblem` where the file can't be understood, `AssessmentRefusal` where nothing may leave.
    public func assessment(_ json: Data) throws -> Assessment {
        let input = try decoded(json)
        guard let date = PlainDate(input.date) else { throw AssessmentProblem("\"date\" must be like 2021-10-31") }
        guard (1...DisclosureLimits.count).contains(input.people) else {
            throw AssessmentProblem("\"people\" must be how many people live in the area")
        }
        let rule = try rule(input)
        let tables = try self.tables(input, rule)
        let byID = try unique(tables.map { ($0.about.id, $0) }, "tables")
        let populations = try unique((input.populations ?? []).map { ($0.id, $0.people) }, "populations")
        guard populations.values.allSatisfy((0...DisclosureLimits.count).contains) else {
            throw AssessmentProblem("\"people\" of a population must be how many live there")
        }
        let figures = try (input.figures ?? []).map { try figure($0, input, byID) }
        let checks = try (input.checks ?? []).map(check)
        var parts = AssessmentParts(
            text: FilledText(figures: try unique(figures.map { ($0.id, $0) }, "figures"), tables: byID),
            checks: try unique(checks.map { ($0.id, $0) }, "checks"), shapes: shapes,
            stories: StoryCheck(rule: rule, known: known(input)))
        let sections = try input.sections.map { section in
            Assessment.Section(title: section.title, parts: try section.parts.map { try parts.part($0, section.title) })
        }
        // Files and places on the page are called by the plain letters of a name.
        _ = try unique(tables.map { ($0.about.id.slug, 0) }, "tables, in plain letters,")
        _ = try unique(figures.map { ($0.id.slug, 0) }, "figures, in plain letters,")
        _ = try unique(sections.map { ($0.id, 0) }, "sections")
        _ = try unique(parts.pictureIDs.map { ($0, 0) }, "pictures")
        guard parts.refused.isEmpty else { throw AssessmentRefusal.stories(parts.refused) }
        return Assessment(
            title: input.title, area: input.area, date: date, preparedBy: input.preparedBy, rule: rule, tables: tables,
            figures: figures, checks: checks, sections: sections, warnings: parts.warnings + small(tables, rule))
    }

    private func decoded(_ json: Data) throws -> AssessmentInput {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(AssessmentInput.self, from: json)
        } catch let error as DecodingError {
            throw AssessmentProblem(error.words)
        }
    }

    private func unique<Value>(_ pairs: [(String, Value)], _ what: String) throws -> [String: Value] {
        var known: [String: Value] = [:]
        for (name, value) in pairs {
            guard known.updateValue(value, forKey: name) == nil else {
                throw AssessmentProblem("two of the \(what) have the name \(name)")
            }
        }
        return known
    }

    private func rule(_ input: AssessmentInput) throws -> DisclosureRule {
        let name = input.profile ?? DisclosureRule.drystone.name
        guard var rule = DisclosureRule.profiles.first(where: { $0.name == name }) else {
            let known = DisclosureRule.profiles.map(\.name).joined(separator: ", ")
            throw AssessmentProblem("there is no profile \(name); there are \(known)")
        }
        // Counts come in as they were published, rounded or not.
        rule.rounding = .none
        let areas = [input.area] + (input.tables ?? []).filter { $0.published == nil }.compactMap(\.area)
        let isSmall = areas.contains { rule.populations[$0].map { $0 < rule.smallArea } ?? false }
        if input.people < rule.smallArea || isSmall { rule.threshold = max(rule.threshold, rule.smallAreaThreshold) }
        return rule
    }

    private func tables(_ input: AssessmentInput, _ rule: DisclosureRule) throws -> [EvidenceTable] {
        var drafts: [EvidenceDraft] = [], published: [String: EvidenceTable] = [:]
        do {
            for table in input.tables ?? [] {
                if let one = try table.publishedTable(input.area) { published[table.id] = one } else {
                    drafts.append(try table.draft(input.area))
                }
            }
        } catch let problem as DisclosureProblem {
            throw AssessmentProblem(problem.description)
        }
        let accumulations = (input.accumulate ?? []).map { ReleaseRequest.Accumulation($0.total, of: $0.parts) }
        let admitted: [EvidenceTable]
        do throws(DisclosureRefusal) {
            admitted = try EvidenceDraft.admit(drafts, rule, same: input.same ?? [], accumulations: accumulations)
        } catch {
            if case .problem(let problem) = error { throw AssessmentProblem(problem.description) }
            throw AssessmentRefusal.tables(error)
        }
        let released = try unique(admitted.map { ($0.about.id, $0) }, "tables")
        return (input.tables ?? []).compactMap { published[$0.id] ?? released[$0.id] }
    }

    private func figure(
        _ one: AssessmentInput.FigureInput, _ input: AssessmentInput, _ tables: [String: EvidenceTable]
    ) throws -> Assessment.Named {
        let versions = catalogue.filter { $0.id == one.measure }
        let newest = versions.max { $0.version < $1.version }
        guard let definition = versions.first(where: { $0.version == one.version }) ?? newest,
            one.version == nil || one.version == definition.version
        else { throw AssessmentProblem("figure \(one.id): there is no measure \(one.measure)") }
        func operand(_ name: String) throws -> Operand {
            if let population = input.populations?.first(where: { $0.id == name }) {
                return Operand(
                    population: population.people, name: name, area: population.area ?? input.area,
                    source: population.source)
            }
            guard name.contains("|") else {
                throw AssessmentProblem("figure \(one.id): \(name) is no population, and no cell of a table")
            }
            let (table, at) = try FilledText.cell(name, tables)
            return Operand(table, at)
        }
        let population = try (one.population ?? []).map(operand)
        guard [0, 2].contains(population.count) else {
            throw AssessmentProblem("figure \(one.id): \"population\" names the group and everybody")
        }
        let numerator = try operand(one.numerator), denominator = try one.denominator.map(operand)
        do throws(FigureProblem) {
            let figure = try Figure(
                definition, numerator, denominator,
                population: population.count == 2 ? (population[0], population[1]) : nil)
            return Assessment.Named(id: one.id, figure: figure, printed: one.printed)
        } catch {
            throw AssessmentProblem("figure \(one.id): \(error.description)")
        }
    }

    private func check(_ one: AssessmentInput.Check) throws -> Assessment.Checked {
        do throws(FormulaProblem) {
            let figure = try PrintedFigure(
                one.question ?? .figure, printed: one.printed, formula: one.formula, inputs: one.inputs ?? "",
                digits: one.digits ?? 0)
            return Assessment.Checked(id: one.id, statement: one.statement, figure: figure)
        } catch {
            throw AssessmentProblem("check \(one.id): \(error.description)")
        }
    }

    private func known(_ input: AssessmentInput) -> Set<String> {
        let names = [input.area, input.title, input.preparedBy]
            + (input.tables ?? []).flatMap { [$0.name, $0.source] + $0.rows + ($0.cols ?? []) }
        return Set(names.flatMap { $0.split { !$0.isLetter } }.map { String($0) })
    }

    private func small(_ tables: [EvidenceTable], _ rule: DisclosureRule) -> [String] {
        tables.compactMap { table in
            guard case .published(let by, _, _) = table.standing else { return nil }
            let few = table.places.count { at in (table.value(at).count).map { 1..<rule.threshold ~= $0 } ?? false }
            return few == 0 ? nil
                : "\(table.about.id): published by \(by), and under the \(rule.threshold) of the rule \(rule.name): "
                    + "\(few) of its numbers; repeat them only for a reason"
        }
    }
}

extension AssessmentInput.Table {
    private func dimensions() throws -> [CountDimension] {
        func dimension(_ name: String, _ codes: [String], _ total: String?) throws -> CountDimension {
            // A sum that isn't said is the one called "Total", as in what `drystone protect` reads.
            let total = total ?? (published == nil && codes.contains("Total") ? "Total" : nil)
            let parts = codes.filter { $0 != total }
            guard let total else { return CountDimension(name, codes: codes) }
            guard codes.contains(total), !parts.isEmpty else {
                throw AssessmentProblem("table \(id): \(name) has no \(total), or nothing that it is the sum of")
            }
            return CountDimension(name, codes: codes, sums: [.init(total, of: parts)])
        }
        return try [dimension(row, rows, rowTotal)] + (cols.map { [try dimension(col ?? "", $0, colTotal)] } ?? [])
    }

    private func cells() throws -> [[String]: EvidenceValue] {
        let columns = cols?.count ?? 1
        guard values.count == rows.count, values.allSatisfy({ $0.values.count == columns }) else {
            throw AssessmentProblem("table \(id): there must be a line for each row, and in it a value for each column")
        }
        var cells: [[String]: EvidenceValue] = [:]
        for (row, line) in zip(rows, values) {
            for (place, value) in line.values.enumerated() { cells[cols.map { [row, $0[place]] } ?? [row]] = value }
        }
        return cells
    }

    private func about(_ area: String) -> EvidenceTable.About {
        .init(id: id, unit: unit, area: self.area ?? area, source: source, notes: (notes ?? []).map { QualityNote($0) })
    }

    func publishedTable(_ area: String) throws -> EvidenceTable? {
        guard let published else { return nil }
        return try EvidenceTable(
            publishedBy: published.by, in: published.title, on: published.on, name: name, dimensions(),
            cells: cells(), about(area))
    }

    func draft(_ area: String) throws -> EvidenceDraft {
        try EvidenceDraft(name, dimensions(), cells: cells(), about(area))
    }
}

extension DecodingError {
    /// Where, and what is wrong, for whoever wrote the file.
    var words: String {
        func place(_ path: [any CodingKey]) -> String {
            path.map { $0.intValue.map { "\($0 + 1)" } ?? $0.stringValue }.joined(separator: ", ")
        }
        func at(_ context: Context) -> String { context.codingPath.isEmpty ? "" : "at \(place(context.codingPath)): " }
        switch self {
        case .keyNotFound(let key, let context): return at(context) + "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            return at(context) + "another kind of value is needed"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty ? "it isn't JSON" : at(context) + context.debugDescription
        @unknown default: return "its form isn't known"
        }
    }
}
