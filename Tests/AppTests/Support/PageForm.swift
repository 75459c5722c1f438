import Foundation

/// A form of a page, with what a browser would send if its button were pressed now.
struct PageForm: Sendable {
    /// One field and the answers that it offers.
    struct Control: Sendable {
        let name: String
        /// `text`, `hidden`, `radio`, `checkbox`, `select`, `textarea`, `password`, `email`...
        let kind: String
        /// The values of radios, checkboxes and lists; empty where anything may be typed.
        var options: [String]
        var isTyped: Bool { options.isEmpty && kind != "hidden" }
    }

    let method: String
    let action: String
    private(set) var controls: [Control] = []
    /// Names and values in the page's order.
    private(set) var values: [(String, String)] = []

    init(_ page: Markup, _ index: Int) {
        method = page.elements[index]["method"] ?? "get"
        action = page.elements[index]["action"] ?? ""
        for inner in page.elements.indices where page.isInside(inner, index) { read(page, inner) }
    }

    private mutating func read(_ page: Markup, _ index: Int) {
        let element = page.elements[index]
        guard let name = element["name"] else { return }
        switch element.name {
        case "input":
            let kind = element["type"] ?? "text"
            let value = element["value"] ?? ""
            let isChoice = kind == "radio" || kind == "checkbox"
            add(name, kind, option: isChoice ? value : nil)
            if !isChoice || element["checked"] != nil { values.append((name, value)) }
        case "textarea":
            add(name, "textarea", option: nil)
            // A browser drops a line break straight after the tag, and sends the others as CR LF.
            let text = element.text.hasPrefix("\n") ? String(element.text.dropFirst()) : element.text
            values.append((name, text.replacing("\n", with: "\r\n")))
        case "select":
            let options = page.all("option", in: index)
            for option in options { add(name, "select", option: option["value"] ?? "") }
            let chosen = options.first { $0["selected"] != nil } ?? options.first
            if let chosen { values.append((name, chosen["value"] ?? "")) }
        default: break
        }
    }

    private mutating func add(_ name: String, _ kind: String, option: String?) {
        if let known = controls.firstIndex(where: { $0.name == name }) {
            if let option { controls[known].options.append(option) }
        } else {
            controls.append(Control(name: name, kind: kind, options: option.map { [$0] } ?? []))
        }
    }

    subscript(_ name: String) -> String { values.first { $0.0 == name }?.1 ?? "" }

    /// Answers fields as a person would: only those that are there, only with what is offered. A value that can't be
    /// given is in `misfits`.
    mutating func fill(_ answers: KeyValuePairs<String, String>) -> [String] {
        var misfits: [String] = []
        for name in Set(answers.map(\.key)) { values.removeAll { $0.0 == name } }
        for (name, value) in answers {
            if let control = controls.first(where: { $0.name == name }) {
                if !control.options.isEmpty, !control.options.contains(value) { misfits.append("\(name)=\(value)") }
            } else {
                misfits.append(name)
            }
            values.append((name, value))
        }
        return misfits
    }

    /// Puts something into a field that no browser would.
    mutating func forge(_ name: String, _ value: String) {
        values.removeAll { $0.0 == name }
        values.append((name, value))
    }

    /// Leaves a field out.
    mutating func drop(_ name: String) { values.removeAll { $0.0 == name } }

    var body: [UInt8] { Self.encode(values) }

    /// `application/x-www-form-urlencoded`.
    static func encode(_ values: [(String, String)]) -> [UInt8] {
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._*")
        func encoded(_ text: String) -> String {
            (text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "").replacing("%20", with: "+")
        }
        return Array(values.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&").utf8)
    }
}
