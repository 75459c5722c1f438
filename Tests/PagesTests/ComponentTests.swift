import Pages
import Testing

@Suite("Components that Frontend doesn't have, or that differ from it")
struct ComponentTests {
    @Test("A table stands in a region that the keyboard reaches, named by its caption")
    func tableRegion() {
        let table = GovUK.table(caption: "A & B", columns: ["One"], rows: [])
        #expect(tokens(of: table.description).first
            == #"<div aria-label="A & B" class="drystone-table" role="region" tabindex="0">"#)
    }

    @Test("No errors, no summary")
    func noSummary() {
        #expect(GovUK.errorSummary([]) == nil)
    }

    @Test("Words for screen readers keep the space before them")
    func hiddenWords() {
        let link = GovUK.link("Change", href: "/n", visuallyHidden: "name").description
        #expect(link.contains(#"Change<span class="govuk-visually-hidden"> name</span>"#))
    }

    @Test("A password is never sent back")
    func password() {
        let input = GovUK.passwordInput("password", label: "Password", in: Answers(["password": ["hunter2"]]))
        #expect(!input.description.contains("hunter2"))
    }

    @Test("A line break that a reader typed first is kept", arguments: ["\nfirst", "\r\nfirst"])
    func firstLineBreak(typed: String) {
        let textarea = GovUK.textarea("note", label: "Note", in: Answers(["note": [typed]]))
        #expect(textarea.description.contains(">\n\(typed)</textarea>"))
    }

    @Test("An answer that isn't offered chooses nothing")
    func staleAnswer() {
        let answers = Answers(["area": ["gone"]])
        let options = [Choice("", "Choose"), Choice("n", "North")]
        #expect(!GovUK.radios("area", legend: "Area", options: options, in: answers).description.contains(" checked"))
        #expect(!GovUK.select("area", label: "Area", options: options, in: answers).description.contains(" selected"))
    }

    @Test("The way through pages shows the first, the last and those around the current one", arguments: [
        (1, 1, ""), (1, 2, "[1] 2"), (1, 3, "[1] 2 3"), (2, 4, "1 [2] 3 4"), (3, 5, "1 2 [3] 4 5"),
        (4, 9, "1 2 3 [4] 5 ⋯ 9"), (5, 9, "1 ⋯ 4 [5] 6 ⋯ 9"), (9, 9, "1 ⋯ 8 [9]"),
    ])
    func pages(current: Int, last: Int, expected: String) {
        let markup = GovUK.pagination(current: current, last: last) { "/\($0)" }?.description ?? ""
        var isCurrent = false
        var shown: [String] = []
        for token in tokens(of: markup) {
            if token.hasPrefix("<a") { isCurrent = token.contains("aria-current") }
            guard token.hasPrefix("text: ") else { continue }
            let text = String(token.dropFirst(6))
            if Int(text) != nil || text == "⋯" { shown.append(isCurrent ? "[\(text)]" : text) }
            isCurrent = false
        }
        #expect(shown.joined(separator: " ") == expected)
    }

    @Test("The part of a record that is shown is marked for everybody")
    func subNavigation() {
        let menu = GovUK.subNavigation([
            Item("Summary", href: "/1", current: true), Item("Safety <plan>", href: "/2"),
        ], label: "Case")
        let links = tokens(of: menu.description).filter { $0.hasPrefix("<a") }
        #expect(links == [
            #"<a aria-current="page" class="drystone-sub-navigation__link" href="/1">"#,
            #"<a class="drystone-sub-navigation__link" href="/2">"#,
        ])
        #expect(menu.description.contains("Safety &lt;plan&gt;"))
    }

    @Test("A timeline is an ordered list whose titles are headings and whose times machines can read")
    func timeline() {
        let markup = GovUK.timeline([
            .init("Call", by: "A <b>", when: "2pm", datetime: "2025-11-21T14:00:00Z", content: GovUK.paragraph("x")),
            .init("Opened", when: "1pm", datetime: "2025-11-21T13:00:00Z"),
        ]).description
        #expect(tokens(of: markup).filter { $0.hasPrefix("<h3") }.count == 2)
        #expect(markup.contains(#"<time datetime="2025-11-21T14:00:00Z">2pm</time>"#))
        #expect(markup.contains("by A &lt;b&gt;"))
    }

    @Test("The script finds when the session ends and where to extend it")
    func session() {
        #expect(GovUK.sessionWarning(seconds: 900, href: "/a?b&c").description
            == #"<div role="status" data-session-expires="900" data-session-href="/a?b&amp;c"></div>"#)
    }

    @Test("Headings have the size of their level unless another is asked for")
    func headings() {
        #expect(GovUK.heading(1, "A").description == #"<h1 class="govuk-heading-l">A</h1>"#)
        #expect(GovUK.heading(2, "A").description == #"<h2 class="govuk-heading-m">A</h2>"#)
        #expect(GovUK.heading(3, "A", size: .l, id: "a").description == #"<h3 class="govuk-heading-l" id="a">A</h3>"#)
    }
}
