import Foundation

/// The elements of a page of ours, and what is wrong with how it is put together.
///
/// It reads the strict HTML that `HTML` writes (quoted attributes, `<` and `>` escaped everywhere) and nothing looser:
/// markup that it can't read is a fault of the page.
struct Markup: Sendable {
    /// One element, with everything written inside it.
    struct Element: Sendable {
        let name: String
        let attributes: [String: String]
        /// The index of the element around it.
        let parent: Int?
        fileprivate(set) var text = ""

        subscript(_ attribute: String) -> String? { attributes[attribute] }
        /// The text on one line, as a reader sees it.
        var words: String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }

    private(set) var elements: [Element] = []
    private(set) var faults: [String] = []
    private var open: [Int] = []

    private static let void: Set = ["area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"]

    init(_ html: String) {
        for piece in html.cut(at: "<").dropFirst() {
            let parts = piece.cut(at: ">")
            guard parts.count >= 2 else {
                faults.append("a tag without an end: <\(piece.prefix(40))")
                continue
            }
            read(tag: parts[0])
            let text = parts.dropFirst().joined(separator: ">")
            if !text.isEmpty { add(text: text) }
        }
        if let left = open.last { faults.append("<\(elements[left].name)> is never closed") }
    }

    /// Every element of that name, in order.
    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// Every element of that name inside the element at `index`.
    func all(_ name: String, in index: Int) -> [Element] {
        elements.indices.filter { elements[$0].name == name && isInside($0, index) }.map { elements[$0] }
    }

    /// Whether one element stands anywhere inside another.
    func isInside(_ index: Int, _ outer: Int) -> Bool {
        var at = elements[index].parent
        while let here = at {
            if here == outer { return true }
            at = elements[here].parent
        }
        return false
    }

    private mutating func read(tag: String) {
        if tag.hasPrefix("!") { return }
        if tag.hasPrefix("/") {
            close(String(tag.dropFirst()))
            return
        }
        let isClosed = tag.hasSuffix("/")
        let name = String(tag.prefix { !$0.isWhitespace && $0 != "/" })
        guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) else {
            faults.append("not a tag: <\(tag.prefix(40))")
            return
        }
        checkPlace(of: name)
        elements.append(Element(name: name, attributes: attributes(of: tag.dropFirst(name.count)), parent: open.last))
        if !isClosed, !Self.void.contains(name) { open.append(elements.count - 1) }
    }

    private mutating func close(_ name: String) {
        guard let last = open.popLast() else {
            faults.append("</\(name)> closes nothing")
            return
        }
        if elements[last].name != name { faults.append("</\(name)> closes <\(elements[last].name)>") }
    }

    /// Between quotation marks stand the values; what stands outside are the names.
    private mutating func attributes(of text: Substring) -> [String: String] {
        var found: [String: String] = [:]
        let pieces = String(text).cut(at: "\"")
        if pieces.count.isMultiple(of: 2) { faults.append("an attribute without its second quotation mark: \(text)") }
        for index in stride(from: 0, to: pieces.count, by: 2) {
            var names = pieces[index].split { $0.isWhitespace || $0 == "/" }.map(String.init)
            if index + 1 < pieces.count, let last = names.popLast() {
                if !last.hasSuffix("=") { faults.append("a value without a name in: \(text)") }
                let name = String(last.dropLast())
                if found[name] != nil { faults.append("\(name) twice in: \(text)") }
                found[name] = Self.unescaped(pieces[index + 1])
            }
            for flag in names {
                if flag.contains("=") { faults.append("a value without quotation marks: \(flag)") }
                found[flag] = ""
            }
        }
        return found
    }

    private mutating func add(text: String) {
        let plain = Self.unescaped(text)
        for index in open { elements[index].text += plain }
    }

    private mutating func checkPlace(of name: String) {
        let around = open.map { elements[$0].name }
        let blocks: Set = ["div", "p", "ul", "ol", "dl", "table", "form", "h1", "h2", "h3", "section", "details"]
        if blocks.contains(name), let outer = around.first(where: { ["p", "span", "h1", "h2", "h3"].contains($0) }) {
            faults.append("<\(name)> inside <\(outer)>")
        }
        if name == "form", around.contains("form") { faults.append("a form inside a form") }
        if ["a", "button", "input"].contains(name), let outer = around.first(where: { ["a", "button"].contains($0) }) {
            faults.append("<\(name)> inside <\(outer)>")
        }
        let isInList = around.last == "ul" || around.last == "ol"
        if isInList, name != "li" { faults.append("<\(name)> straight inside a list") }
        if around.last == "tr", name != "td", name != "th" { faults.append("<\(name)> straight inside a row") }
    }

    static func unescaped(_ text: String) -> String {
        if !text.holds("&") { return text }
        return text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
    }

    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}
