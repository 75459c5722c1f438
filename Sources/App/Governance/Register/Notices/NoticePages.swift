import Foundation
import Pages

/// A notice's text: paragraphs, and headings where a line begins with "## ".
func noticeText(_ text: String) -> HTML {
    let blocks = text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
    var parts: [HTML] = []
    var paragraph: [String] = []
    func end() {
        if !paragraph.isEmpty { parts.append(GovUK.paragraph(lines(paragraph.joined(separator: "\n")))) }
        paragraph = []
    }
    for line in blocks {
        let trimmed = line.trimmingCharacters(in: .whitespaces)
        if trimmed.hasPrefix("## ") {
            end()
            parts.append("<h2 class=\"govuk-heading-m\">\(String(trimmed.dropFirst(3)))</h2>")
        } else if trimmed.isEmpty {
            end()
        } else {
            paragraph.append(String(line))
        }
    }
    end()
    return .joined(parts)
}

/// For anybody: which notices there are.
func privacyPage(_ notices: Set<Audience>) -> Page {
    let links = Audience.allCases.filter(notices.contains).map {
        GovUK.link($0.publicLabel, href: "/privacy/\($0.rawValue)")
    }
    return Page("Privacy", """
        <p class="govuk-body">This service keeps personal data about the people we support, those who work with us, \
        and others. These pages say what we keep and why, and what you can ask of us.</p>
        \(links.isEmpty ? plain(["They are not published yet. Ask anybody here, or your organisation’s data protection "
            + "officer."]) : GovUK.list(links))
        """)
}

/// For anybody: one notice; nil where none is published.
func privacyPage(for audience: Audience, _ notice: (body: String, validFrom: Day)?) -> Page {
    let text: HTML = notice.map { """
        \(noticeText($0.body))<p class="govuk-body-s">Valid from \($0.validFrom.description).</p>
        """ } ?? plain(["This is not published yet. Ask anybody here, or the data protection officer."])
    return Page(audience.publicLabel, back: "/privacy", text)
}

func noticesPage(_ notices: [Audience: PrivacyNotice], _ visit: Visit) -> Page {
    let rows = Audience.allCases.map { audience -> [HTML] in
        let path = "/privacy/\(audience.rawValue)"
        let state: HTML = notices[audience].map { notice -> HTML in
            "\(GovUK.link(path, href: path)), version \(notice.version), valid from \(notice.validFrom.description)"
        } ?? GovUK.tag("Not confirmed yet", colour: .yellow)
        return [GovUK.link(audience.label, href: "/register/notices/entry?audience=\(audience.rawValue)"),
                "\(audience.publicLabel)", state, visit.viewer.keepsRegister
            ? GovUK.link("Write or confirm", href: "/register/notices/change?audience=\(audience.rawValue)",
                         visuallyHidden: audience.label) : ""]
    }
    return Page("Privacy notices", wide: true, """
        \(registerTabs(.notices))
        <p class="govuk-body">What people of each kind are told. Only what is confirmed is public. Nothing on these \
        pages says what the service is for.</p>
        \(GovUK.table(caption: "Notices", columns: ["For", "Called on public pages", "Public", "Change"], rows: rows))
        """)
}

/// What stands for an audience, our own words, or the version that was asked for.
func noticeEntryPage(_ audience: Audience, _ versions: [PrivacyNotice], _ visit: Visit) -> Page {
    let shown = versions.first { $0.version == visit.version } ?? versions.first { $0.validFrom <= visit.today }
    let facts: HTML = shown.map { one in
        GovUK.insetText("""
            Version \(String(one.version)), valid from \(one.validFrom.description). Confirmed by \(one.by), \
            \(London.short(one.recordedAt)).
            """)
    } ?? GovUK.insetText("Not confirmed yet, and not public: these are our own words.")
    return Page("A privacy notice", back: "/register/notices", """
        <p class="govuk-body">For: \(audience.label).</p>
        \(facts)\(noticeText(shown?.body ?? audience.defaultText))
        \(versionLinks(versions.map { ($0.version, $0.validFrom) }, shown: shown?.version) {
            "/register/notices/entry?audience=\(audience.rawValue)&version=\($0)"
        })
        """)
}

func changeNoticePage(
    _ audience: Audience, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    return Page("Write a privacy notice", errors: answers.errors, back: "/register/notices", """
        <h2 class="govuk-heading-m">\(audience.label)</h2>
        \(GovUK.warningText("Anybody can read this page, also on somebody else’s device. Use neutral words."))
        \(notice)\(visit.form("/register/notices/change", answers, """
            \(GovUK.hidden("audience", audience.rawValue))\(GovUK.hidden("version", answers["version"]))
            \(GovUK.textarea("body", label: "The notice", hint: "A line that begins with ## is a heading.", rows: 20,
                             in: answers))
            \(GovUK.dateInput("valid", legend: "From which day is it valid?", in: answers))
            \(GovUK.checkboxes("plain-words", legend: "Read it once more", options: [
                GovUK.Choice("yes", "Nothing in it says what the service is for, and the names in it are right"),
            ], small: true, in: answers))
            \(GovUK.button("Confirm and publish"))
            """))
        """)
}
