import Foundation
import Pages

/// What the frame around a page needs to know: who is reading, and what stands in the navigation.
struct Frame: Sendable {
    let services: Services
    let viewer: Viewer
    let session: Session?
    let path: String

    init(_ visit: Visit) {
        (services, viewer, session, path) = (visit.services, visit.viewer, visit.session, visit.path)
    }

    /// The frame of a page that knows nobody.
    init(services: Services) {
        (self.services, viewer, session, path) = (services, .nobody, nil, "")
    }

    var isSignedIn: Bool { session?.stage == .full }

    var navigation: [GovUK.Item] {
        guard isSignedIn else { return [] }
        var items: [(String, String)] = [("Today", "/")]
        if viewer.may(.workShift) { items.append(("Shift", "/shift")) }
        if viewer.may(.recordContacts) { items.append(("Contacts", "/contacts")) }
        if viewer.may(.handleReferrals) {
            items.append(("Referrals", "/referrals/waiting"))
        } else if viewer.may(.makeReferrals) {
            items.append(("Referrals", "/referrals"))
        }
        if viewer.may(.viewCases) { items.append(("Cases", "/cases")) }
        if viewer.may(.searchPeople) { items.append(("Find a person", "/search")) }
        if viewer.may(.writeNotes) { items.append(("Children", "/children")) }
        if viewer.may(.writeNotes) { items.append(("Programmes", "/programmes")) }
        if viewer.may(.manageUnits) { items.append(("Units", "/units")) }
        if viewer.may(.viewVacancies) { items.append(("Vacancies", "/vacancies")) }
        if viewer.may(.viewReleases), !viewer.may(.viewTeam) { items.append(("Figures", "/figures")) }
        if viewer.may(.askForData) { items.append(("Data", "/data")) }
        if viewer.may(.viewTeam) {
            items.append(("Team", "/team"))
        } else {
            if viewer.may(.reviewEmergencies) { items.append(("Emergency reviews", "/emergency/reviews")) }
            if viewer.may(.decideRequests) { items.append(("Requests", "/child-requests")) }
        }
        if viewer.may(.manageAgreements) { items.append(("Agreements", "/agreements")) }
        if viewer.may(.manageAccounts) { items.append(("Accounts", "/accounts")) }
        if viewer.may(.reviewAudit) { items.append(("Audit", "/audit")) }
        if viewer.may(.decideInterests) { items.append(("Who knows whom", "/interests")) }
        if viewer.may(.keepRegister) { items.append(("Register", "/register")) }
        if viewer.may(.manageRetention) { items.append(("Retention", "/retention")) }
        items.append(("Your account", "/account"))
        return items.map { GovUK.Item($0.0, href: $0.1, current: isCurrent($0.1)) }
    }

    private func isCurrent(_ href: String) -> Bool {
        href == "/" ? path == "/" : path == href || path.hasPrefix(href + "/")
    }
}

/// The frame that every page sits in. The title is neutral: no name, no reference, nothing that says what this is for.
func layout(_ page: Page, _ frame: Frame) -> HTML {
    let assets = frame.services.assets
    let heading: HTML? = page.headingInside ? nil : """
        \(page.caption.map { caption -> HTML in "<span class=\"govuk-caption-l\">\(caption)</span>" })\
        <h1 class="govuk-heading-l">\(page.heading ?? page.title)</h1>
        """
    let banner: HTML? = frame.services.partnership.demonstration ? demonstrationBanner : nil
    let width = page.wide ? "govuk-grid-column-full" : "govuk-grid-column-two-thirds-from-desktop"
    return """
        <!DOCTYPE html>
        <html lang="en" class="govuk-template\(page.wide ? " drystone-wide" : "")\
        \(page.isPaper ? " drystone-paper" : "")">
        <head><meta charset="utf-8">
        <title>\(page.errors.isEmpty ? "" : "Error: ")\(page.title)\(page.isPaper ? "" : " - Drystone")</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="\(assets.url("favicon.svg"))" type="image/svg+xml">
        <link rel="stylesheet" href="\(assets.url("drystone.css"))">
        <script type="module" src="\(assets.url("drystone.js"))"></script></head>
        <body class="govuk-template__body">
        \(GovUK.skipLink())\(banner)
        <header class="drystone-header">\(GovUK.serviceNavigation(name: "Drystone", href: "/", items: frame.navigation))
        \(signOutBar(frame))</header>
        <div class="govuk-width-container">\(page.back.map { GovUK.backLink($0) })
        <main class="govuk-main-wrapper" id="main-content">
        \(GovUK.errorSummary(page.errors))\(page.above)
        <div class="govuk-grid-row"><div class="\(width)">\(heading)\(page.main)</div></div>
        </main></div>
        \(footer(frame))
        </body></html>
        """
}

private let demonstrationBanner: HTML = """
    <div class="drystone-demonstration"><p class="govuk-body-s govuk-!-margin-bottom-0">\
    Demonstration: every person and event here is invented.</p></div>
    """

/// Who is signed in, the way out, and the quick exit, at the top of every page.
private func signOutBar(_ frame: Frame) -> HTML? {
    guard frame.isSignedIn, let session = frame.session else { return GovUK.exitThisPage("/exit") }
    return """
        \(GovUK.sessionWarning(seconds: session.secondsLeft, href: "/account/stay"))\
        <div class="govuk-width-container drystone-session">
        <p class="govuk-body-s govuk-!-margin-bottom-0">\(frame.viewer.name)</p>
        \(session.isOnCall ? lockForm(frame, session) : HTML.empty)\
        <form method="post" action="/sign-out" class="drystone-sign-out">\
        \(GovUK.hidden("csrf", session.csrf))\
        <button type="submit" class="drystone-link-button">Sign out</button></form>\(timeLeft(frame, session))</div>\
        \(GovUK.exitThisPage("/exit"))
        """
}

/// A call is locked rather than signed out: by hand when its worker leaves the desk, by the script when nobody has
/// touched it for long.
private func lockForm(_ frame: Frame, _ session: Session) -> HTML {
    """
    <form method="post" action="/lock" class="drystone-sign-out" data-session-lock>\
    \(GovUK.hidden("csrf", session.csrf))\(GovUK.hidden("next", frame.path))\
    <button type="submit" class="drystone-link-button">Lock</button></form>
    """
}

/// Without script nothing can warn in time, so the page says from the start until when it holds, and how to stay: in a
/// tab of its own, so that a form that is being filled in stays as it is.
private func timeLeft(_ frame: Frame, _ session: Session) -> HTML {
    let end = frame.services.now().addingTimeInterval(Double(session.secondsLeft))
    return """
        <noscript><p class="govuk-body-s govuk-!-margin-bottom-0">Signed in until \(London.time(end)). \
        <a class="govuk-link" href="/account/stay" target="_blank" rel="noopener">\
        Stay signed in (opens in a new tab)</a></p></noscript>
        """
}

private func footer(_ frame: Frame) -> HTML {
    """
    <footer class="drystone-footer"><div class="govuk-width-container"><ul>
    <li><a href="/help">Help</a></li><li><a href="/accessibility">Accessibility</a></li>
    <li><a href="/licences">Licences</a></li><li><a href="/privacy">Privacy</a></li></ul></div></footer>
    """
}
