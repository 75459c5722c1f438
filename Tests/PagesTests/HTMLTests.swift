import Pages
import Testing

@Suite("HTML escapes what is interpolated into it")
struct HTMLTests {
    @Test("Text with markup in it shows as it was typed")
    func escapes() {
        let typed = #"<b onclick="x('y')">R&D</b>"#
        let html: HTML = "<p>\(typed)</p>"
        #expect(html.description == "<p>&lt;b onclick=&quot;x(&#39;y&#39;)&quot;&gt;R&amp;D&lt;/b&gt;</p>")
    }

    @Test("Text that needs no escape is unchanged", arguments: ["", "plain", "Łódź ’quoted’ 👩‍👩‍👧", "a\nb"])
    func plain(text: String) {
        #expect(HTML.text(text).description == text)
    }

    @Test("Characters around an escaped one survive", arguments: [
        ("&", "&amp;"), ("é&é", "é&amp;é"), ("<<", "&lt;&lt;"), ("👩‍👩‍👧>", "👩‍👩‍👧&gt;"), ("a&amp;", "a&amp;amp;"),
        ("e\u{301}'", "e\u{301}&#39;"), ("\r\n\"", "\r\n&quot;"),
    ])
    func neighbours(text: String, expected: String) {
        #expect(Array(HTML.text(text).description.utf8) == Array(expected.utf8))
    }

    @Test("Markup in markup is not escaped twice")
    func nests() {
        let name = "A & B"
        let inner: HTML = "<b>\(name)</b>"
        let none: HTML? = nil
        let outer: HTML = "<p>\(inner)\(none)\([inner, inner])\(3)</p>"
        #expect(outer.description == "<p><b>A &amp; B</b><b>A &amp; B</b><b>A &amp; B</b>3</p>")
    }

    @Test("A text chosen by a condition is escaped, a piece of markup is not", arguments: [true])
    func conditional(yes: Bool) {
        let typed = "<i>"
        let html: HTML = "\(yes ? typed : "no")\(yes ? HTML(trusted: "<br>") : nil)"
        #expect(html.description == "&lt;i&gt;<br>")
    }

    @Test("An attribute appears only with a value, and a flag only when it is on")
    func attributes() {
        let value = #"a"b"#
        let html: HTML = """
            <a\(attribute: "href", value)\(attribute: "rel", nil)\(flag: "open", on: true)\(flag: "hidden", on: false)>
            """
        #expect(html.description == #"<a href="a&quot;b" open>"#)
    }

    @Test("Pieces join with nothing between them")
    func joins() {
        #expect(HTML.joined(["<a>", "b", .empty]).description == "<a>b")
        #expect(HTML.joined([]).isEmpty)
        var html: HTML = "<i>"
        html += "</i>"
        #expect((html + "x").description == "<i></i>x")
    }
}
