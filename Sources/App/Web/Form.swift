import Foundation
import Pages
import Postgres

extension Visit {
    /// A form of this site: with its CSRF token, a key that makes a repeated submission one, and, unless it holds
    /// secrets, a draft of what is typed (kept on every refused submit, and quietly while typing).
    /// With `takesFile` it can carry a file; its route says so too.
    func form(
        _ action: String, _ answers: Answers, keepsDraft: Bool = true, takesFile: Bool = false, _ content: HTML
    ) -> HTML {
        let submission = answers["submission"].isEmpty ? UUID().column : answers["submission"]
        let draft: HTML? = keepsDraft && session != nil ? GovUK.hidden("draft-path", action) : nil
        let autosave = keepsDraft && session != nil ? "/drafts" : nil
        return """
            <form method="post" action="\(action)" novalidate autocomplete="off"\
            \(attribute: "enctype", takesFile ? "multipart/form-data" : nil)\
            \(attribute: "data-draft", autosave)>\(GovUK.hidden("csrf", csrf))\
            \(GovUK.hidden("submission", submission))\(draft)
            \(content)
            \(keepsDraft ? GovUK.draftStatus() : HTML.empty)</form>
            """
    }

    /// A form that is only a button.
    func buttonForm(_ action: String, _ text: String, kind: GovUK.ButtonKind = .primary, fields: [String: String] = [:])
        -> HTML {
        let hidden = fields.sorted { $0.key < $1.key }.map { GovUK.hidden($0.key, $0.value) }
        return """
            <form method="post" action="\(action)" novalidate>\(GovUK.hidden("csrf", csrf))\
            \(GovUK.hidden("submission", UUID().column))\(hidden)\(GovUK.button(text, kind: kind))</form>
            """
    }

    /// The CSRF token of this visitor's forms.
    var csrf: String {
        session?.csrf ?? FormToken.make(for: cookies[Cookies.form] ?? "", services.keys)
    }
}
