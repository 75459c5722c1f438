import Statistics

/// What an assessment is made of, as a file says it: tables that may be shown, measures to be worked out of them, and
/// what an analyst writes beside them. docs/guide/assessment.md has the format.
struct AssessmentInput: Decodable {
    let title: String
    let area: String
    /// People of the area: under 100,000 the rule of small areas holds for all of it.
    let people: Int
    /// The day of which it is.
    let date: String
    let preparedBy: String
    let profile: String?
    let populations: [Population]?
    let tables: [Table]?
    let same: [[String]]?
    let accumulate: [Accumulation]?
    let figures: [FigureInput]?
    let checks: [Check]?
    let sections: [Section]

    struct Population: Decodable {
        let id: String
        let area: String?
        let people: Int
        let source: String
    }

    struct Accumulation: Decodable {
        let total: String
        let parts: [String]
    }

    struct Table: Decodable {
        let id, name, source: String
        let unit: CountedUnit
        let area: String?
        let notes: [String]?
        let row: String
        let rows: [String]
        let rowTotal: String?
        let col: String?
        let cols: [String]?
        let colTotal: String?
        let values: [Line]
        let published: Publication?
    }

    /// One number, or a row of them.
    struct Line: Decodable {
        let values: [EvidenceValue]

        init(from decoder: any Decoder) throws {
            if let several = try? decoder.singleValueContainer().decode([Cell].self) {
                values = several.map(\.value)
            } else {
                values = [try Cell(from: decoder).value]
            }
        }
    }

    struct Cell: Decodable {
        let value: EvidenceValue

        init(from decoder: any Decoder) throws {
            let box = try decoder.singleValueContainer()
            if box.decodeNil() {
                value = .withheld
            } else if let count = try? box.decode(Int.self), (0...DisclosureLimits.count).contains(count) {
                value = .count(count)
            } else if let word = try? box.decode(String.self), let gap = EvidenceValue(word: word) {
                value = gap
            } else {
                throw DecodingError.dataCorrupted(.init(
                    codingPath: decoder.codingPath,
                    debugDescription: "a cell is a whole number, null (withheld), \"no return\", \"not asked\" or "
                        + "\"not available\""))
            }
        }
    }

    struct Publication: Decodable {
        let by, title, on: String

        private enum CodingKeys: String, CodingKey { case by, title = "in", on }
    }

    struct FigureInput: Decodable {
        let id, measure: String
        let version: Int?
        let numerator: String
        let denominator: String?
        /// The group, and everybody, in the population: two ids.
        let population: [String]?
        /// What an earlier document printed for it.
        let printed: String?
    }

    struct Check: Decodable {
        let id, statement, formula: String
        let inputs: String?
        let digits: Int?
        let question: PrintedFigure.Question?
        let printed: String?
    }

    struct Section: Decodable {
        let title: String
        let parts: [Part]
    }
}

extension AssessmentInput {
    /// A piece of a section: an object with one of these names.
    struct Part: Decodable {
        let text: String?
        let table: String?
        let figures: [String]?
        let sentences: [String]?
        let checks: [String]?
        let trend: Trend?
        let pyramid: Pyramid?
        let overlap: Overlap?
        let heat: Heat?
        let map: WardMap?
        let finding: String?
        let recommendation: Recommendation?
        let voice: Voice?
        let caseStudy: CaseStudy?

        var count: Int {
            let all: [Any?] = [
                text, table, figures, sentences, checks, trend, pyramid, overlap, heat, map, finding, recommendation,
                voice, caseStudy,
            ]
            return all.count { $0 != nil }
        }
    }

    struct Trend: Decodable {
        let id, title: String
        let finding: String?
        /// Of a table: which way its periods run ("row" or "col"), and the codes of the other that are lines.
        let table: String?
        let over: String?
        let series: [String]?
        /// Or of figures: the periods, and a line of figures' ids for each name.
        let periods: [String]?
        let lines: [Line]?

        struct Line: Decodable {
            let name: String
            let figures: [String]
        }
    }

    struct Pyramid: Decodable {
        let id, title, table, left, right: String
        let finding: String?
    }

    struct Overlap: Decodable {
        let id, title, table: String
        let finding: String?
    }

    struct Heat: Decodable {
        let id, title: String
        let finding: String?
        let rows, columns: [String]
        let figures: [[String?]]
    }

    struct WardMap: Decodable {
        let id, title, shapes: String
        let finding: String?
        let table: String?
        let figures: [String: String]?
    }

    struct Recommendation: Decodable {
        let what: String
        let priority, owner, cost, byWhen: String?
    }

    struct Voice: Decodable {
        let words: String
        let who: String
    }

    struct CaseStudy: Decodable {
        let title: String
        let entry, needs, support, outcome: [String]
        /// The cell that counts everybody to whom all that is told applies: "table|row|col".
        let alike: String
    }
}
