import Foundation
import Statistics

/// The pieces of the sections, one after another, with what an analyst should look at.
struct AssessmentParts {
    let text: FilledText
    let checks: [String: Assessment.Checked]
    let shapes: (String) throws -> Data
    let stories: StoryCheck
    private(set) var warnings: [String] = []
    private(set) var refused: [String] = []
    private(set) var pictureIDs: [String] = []

    init(
        text: FilledText, checks: [String: Assessment.Checked], shapes: @escaping (String) throws -> Data,
        stories: StoryCheck
    ) {
        (self.text, self.checks, self.shapes, self.stories) = (text, checks, shapes, stories)
    }

    mutating func part(_ input: AssessmentInput.Part, _ section: String) throws -> Assessment.Part {
        guard input.count == 1 else {
            throw AssessmentProblem(
                "section \(section): each part is one of text, table, figures, sentences, checks, trend, pyramid, "
                    + "overlap, heat, map, finding, recommendation, voice, case_study")
        }
        if let words = input.text { return .text(try filled(words, "section \(section)")) }
        if let words = input.finding { return .finding(try filled(words, "section \(section)")) }
        if let id = input.table { return .table(try table(id)) }
        if let ids = input.figures { return .figures(try ids.map(named)) }
        if let ids = input.sentences { return .sentences(try ids.map(named)) }
        if let ids = input.checks { return .checks(try ids.map(checked)) }
        if let one = input.recommendation { return .recommendation(try recommendation(one, section)) }
        if let one = input.voice { return try voice(one, section) }
        if let one = input.caseStudy { return try caseStudy(one) }
        do {
            return .picture(try picture(input))
        } catch let problem as PictureProblem {
            throw AssessmentProblem(problem.description)
        } catch let problem as ShapeProblem {
            throw AssessmentProblem("\(input.map?.shapes ?? "the shapes"): \(problem.description)")
        }
    }

    private mutating func finding(_ words: String?, _ picture: String) throws -> String? {
        try words.map { try filled($0, "picture \(picture)") }
    }

    /// `place`: for the warning about numbers that somebody typed.
    private mutating func filled(_ words: String, _ place: String) throws -> String {
        var typed: [String] = []
        let filled = try text.filled(words) { typed.append($0) }
        if !typed.isEmpty {
            let numbers = typed.joined(separator: ", ")
            warnings.append("\(place): typed by hand, with nothing behind it: \(numbers)")
        }
        return filled
    }

    private func table(_ id: String) throws -> EvidenceTable {
        guard let table = text.tables[id] else { throw AssessmentProblem("there is no table \(id)") }
        return table
    }

    private func named(_ id: String) throws -> Assessment.Named {
        guard let figure = text.figures[id] else { throw AssessmentProblem("there is no figure \(id)") }
        return figure
    }

    private func checked(_ id: String) throws -> Assessment.Checked {
        guard let check = checks[id] else { throw AssessmentProblem("there is no check \(id)") }
        return check
    }

    private mutating func recommendation(
        _ one: AssessmentInput.Recommendation, _ section: String
    ) throws -> Assessment.Recommendation {
        let facts = [("Priority", one.priority), ("Owner", one.owner), ("Cost", one.cost), ("By", one.byWhen)]
        let what = try filled(one.what, "section \(section)")
        let filled = try facts.compactMap { name, value in
            try value.map { (name: name, value: try text.filled($0)) }
        }
        return Assessment.Recommendation(what: what, facts: filled)
    }

    private mutating func voice(_ one: AssessmentInput.Voice, _ section: String) throws -> Assessment.Part {
        look([one.words, one.who], alike: nil, "a voice in \(section)")
        return .voice(words: one.words, who: one.who)
    }

    private mutating func caseStudy(_ one: AssessmentInput.CaseStudy) throws -> Assessment.Part {
        let (table, at) = try FilledText.cell(one.alike, text.tables)
        let parts = [
            (name: "How they came", points: one.entry), (name: "What they needed", points: one.needs),
            (name: "What was done", points: one.support), (name: "What became of it", points: one.outcome),
        ]
        guard parts.allSatisfy({ !$0.points.isEmpty }) else {
            throw AssessmentProblem("case study \(one.title): entry, needs, support and outcome each need a point")
        }
        look([one.title] + parts.flatMap(\.points), alike: table.value(at), "case study \(one.title)")
        return .caseStudy(Assessment.CaseStudy(title: one.title, parts: parts))
    }

    private mutating func look(_ words: [String], alike: EvidenceValue?, _ what: String) {
        let reasons = stories.reasons(words, alike: alike)
        if !reasons.isEmpty { refused.append("\(what): \(reasons.joined(separator: "; "))") }
        let names = stories.names(words)
        if !names.isEmpty { warnings.append("\(what): is this somebody's name? \(names.joined(separator: ", "))") }
    }

    private mutating func picture(_ input: AssessmentInput.Part) throws -> Picture {
        let picture = try drawn(input)
        guard picture.id == picture.id.slug, !picture.id.isEmpty else {
            throw AssessmentProblem("picture \(picture.id): an id has small letters, digits and hyphens only")
        }
        pictureIDs.append(picture.id)
        return picture
    }

    private mutating func drawn(_ input: AssessmentInput.Part) throws -> Picture {
        if let one = input.trend { return try trend(one) }
        if let one = input.pyramid {
            return try .pyramid(
                one.id, one.title, finding: try finding(one.finding, one.id), try table(one.table),
                left: one.left, right: one.right)
        }
        if let one = input.overlap {
            return try .overlap(
                one.id, one.title, finding: try finding(one.finding, one.id), try table(one.table))
        }
        if let one = input.heat {
            return try .heat(
                one.id, one.title, finding: try finding(one.finding, one.id), rows: one.rows,
                columns: one.columns, figures: one.figures.map { try $0.map { try $0.map { try named($0).figure } } })
        }
        guard let one = input.map else { throw AssessmentProblem("a picture says nothing") }
        let shapes = try AreaShapes(try self.shapes(one.shapes)), finding = try finding(one.finding, one.id)
        if let id = one.table { return try .map(one.id, one.title, finding: finding, shapes, try table(id)) }
        let figures = try (one.figures ?? [:]).sorted { $0.key < $1.key }.map {
            (area: $0.key, figure: try named($0.value).figure)
        }
        return try .map(one.id, one.title, finding: finding, shapes, figures: figures)
    }

    private mutating func trend(_ one: AssessmentInput.Trend) throws -> Picture {
        let finding = try finding(one.finding, one.id)
        if let periods = one.periods, let lines = one.lines {
            return try .trend(one.id, one.title, finding: finding, periods: periods, lines: lines.map { line in
                (name: line.name, figures: try line.figures.map { try named($0).figure })
            })
        }
        guard let id = one.table else {
            throw AssessmentProblem("trend \(one.id): it needs a table, or periods and lines")
        }
        let table = try table(id), axis = one.over == "col" ? 1 : 0
        guard axis < table.dimensions.count else { throw AssessmentProblem("trend \(one.id): \(id) has no columns") }
        let series = one.series ?? (table.dimensions.count == 2 ? table.dimensions[1 - axis].codes : [table.name])
        if table.dimensions.count == 2, let stray = series.first(where: { code in
            !table.dimensions[1 - axis].codes.contains(code)
        }) { throw AssessmentProblem("trend \(one.id): \(id) has no \(stray)") }
        return try .trend(
            one.id, one.title, finding: finding, table, over: axis, series: series,
            at: table.dimensions.map { _ in "" })
    }
}
