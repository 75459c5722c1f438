import Assessment
import Foundation
import Pages
import Statistics
import Testing

@Suite("An assessment's inputs") struct AssessmentReaderTests {
    private static let table = """
        {"id": "t", "name": "Known", "unit": "agency_record", "source": "s", "row": "Year",
         "rows": ["2019/20", "2020/21"], "col": "Group", "cols": ["A", "B", "C", "All"], "col_total": "All",
         "values": [[null, null, 40, 60], [20, 0, "no return", 20]]}
        """

    private static func input(
        tables: String = table, figures: String = "", parts: String = "{\"table\": \"t\"}", people: Int = 1_000_000,
        more: String = ""
    ) -> String {
        """
        {"title": "T", "area": "Here", "people": \(people), "date": "2021-10-31", "prepared_by": "P",
         "populations": [{"id": "all", "people": 10000, "source": "ONS"}], "tables": [\(tables)],
         "figures": [\(figures)]\(more), "sections": [{"title": "One", "parts": [\(parts)]}]}
        """
    }

    private static func read(_ text: String, shapes: Data = Data()) throws -> Assessment {
        try AssessmentReader { _ in shapes }.assessment(Data(text.utf8))
    }

    private static let share = """
        {"id": "c", "measure": "victims_share", "numerator": "t|2019/20|C", "denominator": "t|2019/20|All"},
        {"id": "a", "measure": "victims_share", "numerator": "t|2019/20|A", "denominator": "t|2019/20|All"}
        """

    @Test func `what was withheld is shown nowhere, and nothing made of it`() throws {
        let parts = """
            {"table": "t"}, {"text": "C {c}, A {a}, cell {t|2019/20|A}, {t|2020/21|C}"}, {"figures": ["a", "c"]},
            {"sentences": ["a"]}, {"trend": {"id": "x", "title": "x", "table": "t", "series": ["A", "All"]}}
            """
        let assessment = try Self.read(Self.input(figures: Self.share, parts: parts))
        let page = AssessmentPage(assessment).markup
        #expect(page.contains("C 67% (40 of 60), A [c], cell [c], no return"))
        #expect(assessment.figures.last?.figure.value == .withheld)
        let all = page + (try String(decoding: FrozenAssessment(assessment).json(), as: UTF8.self))
            + assessment.files.map(\.text).joined()
        for hidden in [">12<", ">8<", "33%", "13%"] { #expect(!all.contains(hidden)) }
        #expect(assessment.rule.threshold == 5)
        #expect(try Self.read(Self.input(tables: Self.table.replacing("20, 0", with: "20, 0"))).warnings.isEmpty)
    }

    @Test func `tables that show or give away small counts stop everything; a small area has the larger rule`() throws {
        let shown = Self.table.replacing("null, null, 40, 60", with: "3, 17, 40, 60")
        let known = Self.table.replacing("null, null, 40, 60", with: "null, 17, 40, 60")
        for bad in [shown, known] {
            #expect(throws: AssessmentRefusal.self) { try Self.read(Self.input(tables: bad)) }
        }
        let eight = Self.table.replacing("null, null, 40, 60", with: "8, 12, 40, 60")
        #expect(try Self.read(Self.input(tables: eight)).tables.count == 1)
        #expect(throws: AssessmentRefusal.self) { try Self.read(Self.input(tables: eight, people: 41_000)) }
        // Two editions of one number.
        let later = known.replacing("\"t\"", with: "\"u\"").replacing("Known", with: "Later")
            .replacing("null, 17, 40, 60", with: "30, 30, 40, 100")
        #expect(throws: AssessmentRefusal.self) {
            try Self.read(Self.input(
                tables: "\(Self.table), \(later.replacing("30, 30, 40, 100", with: "3, 17, 40, 60"))",
                more: ", \"same\": [[\"Known|2019/20|A\", \"Later|2019/20|A\"]]"))
        }
    }

    private static func study(_ entry: String = "By a helpline", alike: String = "t|2019/20|C") -> String {
        """
        {"case_study": {"title": "A family", "entry": ["\(entry)"], "needs": ["Somewhere safe"],
         "support": ["A home"], "outcome": ["Settled"], "alike": "\(alike)"}}
        """
    }

    @Test func `a story leaves only when enough people are alike and nothing points at one`() throws {
        let page = AssessmentPage(try Self.read(Self.input(parts: Self.study()))).markup
        #expect(page.contains("How they came") && page.contains("By a helpline") && Balance.isBalanced(page))
        for (alike, entry) in [
            ("t|2019/20|A", "By a helpline"), ("t|2020/21|B", "By a helpline"), ("t|2020/21|C", "By a helpline"),
            ("t|2019/20|C", "On 12 March she rang"), ("t|2019/20|C", "Since 12/03/2021"), ("t|2019/20|C", "aged 34"),
            ("t|2019/20|C", "a 34-year-old"), ("t|2019/20|C", "from LE15 6HP"), ("t|2019/20|C", "rang 07700 900123"),
            ("t|2019/20|C", "x@example.org"),
        ] {
            #expect(throws: AssessmentRefusal.self, "\(alike) \(entry)") {
                try Self.read(Self.input(parts: Self.study(entry, alike: alike)))
            }
        }
        #expect(throws: AssessmentRefusal.self) {
            try Self.read(Self.input(parts: "{\"voice\": {\"words\": \"I rang on 1 May\", \"who\": \"A woman\"}}"))
        }
        let named = try Self.read(Self.input(parts: Self.study("She met Willow there. Here it was.")))
        #expect(named.warnings.contains { $0.contains("Willow") && !$0.contains("Here") })
    }

    @Test func `a number typed by hand is told, a year isn't`() throws {
        let parts = "{\"finding\": \"In 2019/20, and in 2021, there were 14 of {c.value}, and £63,000 more\"}"
        let assessment = try Self.read(Self.input(figures: Self.share, parts: parts))
        #expect(assessment.warnings == ["section One: typed by hand, with nothing behind it: 14, £63,000"])
        #expect(AssessmentPage(assessment).markup.contains("14 of 67%, and £63,000"))
    }

    @Test func `a map comes from its file, and words can hold no markup`() throws {
        let ward = """
            {"id": "w", "name": "Crimes", "unit": "crime", "source": "s", "row": "Ward", "rows": ["Ward 0", "Ward 1"],
             "values": [50, null]}
            """
        let parts = """
            {"map": {"id": "m", "title": "<b>x</b>", "shapes": "wards.json", "table": "w"}}, {"text": "<script>"},
            {"recommendation": {"what": "<i>", "owner": "&"}}
            """
        let shapes = Data(MapTests.geojson(3).utf8)
        let page = AssessmentPage(try Self.read(Self.input(tables: ward, parts: parts), shapes: shapes)).markup
        #expect(page.contains("url(#m-c)"))
        for tag in ["<script", "<b>", "<i>"] { #expect(!page.contains(tag)) }
        #expect(Balance.isBalanced(page))
        #expect(throws: AssessmentProblem.self) { try Self.read(Self.input(tables: ward, parts: parts)) }
    }

    private static func trend(_ id: String, _ series: String) -> String {
        "{\"trend\": {\"id\": \"\(id)\", \"title\": \"x\", \"table\": \"t\", \"series\": [\"\(series)\"]}}"
    }

    @Test(arguments: [
        ("", "isn't JSON"), ("{}", "\"title\" is missing"), (input(parts: "{}"), "each part is one of"),
        (input(parts: "{\"text\": \"a\", \"table\": \"t\"}"), "each part is one of"),
        (input(parts: "{\"table\": \"x\"}"), "no table x"), (input(parts: "{\"text\": \"{x}\"}"), "no figure {x}"),
        (input(parts: "{\"text\": \"{x\"}"), "without a }"), (input(parts: "{\"figures\": [\"x\"]}"), "no figure x"),
        (input(figures: share + "," + share), "have the name"), (input(tables: table + "," + table), "have the name"),
        (input(figures: share.replacing("victims_share", with: "x")), "no measure x"),
        (input(figures: share.replacing("t|2019/20|C", with: "t|2019/20|Z")), "no cell"),
        (input(figures: share.replacing("t|2019/20|C", with: "zzz")), "no population"),
        (input(figures: share.replacing("\"numerator\"", with: "\"version\": 9, \"numerator\"")), "no measure"),
        (input(tables: table.replacing("40, 60", with: "40.5, 60")), "a cell is a whole number"),
        (input(tables: table.replacing("40, 60", with: "40")), "a line for each row"),
        (input(tables: table.replacing("agency_record", with: "people")), "unit"),
        (input(more: ", \"profile\": \"none\""), "no profile"),
        (input(more: ", \"checks\": [{\"id\": \"x\", \"statement\": \"s\", \"formula\": \"1+\"}]"), "check x"),
        (input(parts: trend("X y", "All")), "an id has"), (input(parts: trend("x", "Z")), "no Z"),
    ]) func `what can't be used says where and why`(_ text: String, _ hint: String) {
        #expect { try Self.read(text) } throws: { error in
            guard let problem = error as? AssessmentProblem else { return false }
            return problem.description.contains(hint)
        }
    }
}
