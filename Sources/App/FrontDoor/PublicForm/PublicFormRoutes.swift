import Crypto
import Foundation
import Pages
import Postgres

extension Site {
    mutating func addPublicForm() {
        get("tell-us", .anyone) { visit in
            if visit.cookies[Cookies.form] != nil || visit.session != nil { return .page(tellUsPage(Answers(), visit)) }
            let cookie = Token.random()
            return .pageWithCookies(
                tellUsPage(Answers(), visit.withFormCookie(cookie)), [Cookies.set(Cookies.form, cookie)], status: 200)
        }
        post("tell-us", .anyone) { visit in
            var answers = visit.typed
            let services = visit.services
            if services.settings.limitsRates,
                let seconds = services.rates.count(.publicForm, visit.address, now: visit.now) {
                throw Refusal.tooMany(seconds)
            }
            guard let form = PublicForm(&answers, today: visit.today) else {
                return .invalid(tellUsPage(answers, visit))
            }
            // One press, one referral: the form's own key is its id, and the same answer is given either way.
            let id = UUID(uuidString: answers["submission"]) ?? UUID()
            let bucket = Data(HMAC<SHA256>.authenticationCode(
                for: Data("public form \(visit.today) \(visit.address)".utf8), using: services.keys.throttle))
            try await services.door.transaction { db in
                guard let agency = try db.referralAgency(for: form.kind, in: services.partnership.id) else {
                    throw Refusal.unavailable
                }
                try db.addPublicReferral(id, form, agency: agency, bucket: bucket, visit)
            }
            return .seeOther("/tell-us/received")
        }
        get("tell-us/received", .anyone) { _ in
            .page(Page("Received", above: emergencyWords, headingInside: true, """
                \(GovUK.panel("Received"))
                <p class="govuk-body">A person will read what you wrote. We send no message to say so, and get in \
                touch only in the way that you told us is safe.</p>
                <p class="govuk-body">You can leave this page now. The button at the top leads away at once.</p>
                """))
        }
    }
}

private func tellUsPage(_ answers: Answers, _ visit: Visit) -> Page {
    Page("Tell us", errors: answers.errors, above: emergencyWords, """
        <p class="govuk-body">You need not give a name, and nothing here is kept on this device. If someone may see \
        what you do on it, use another one if you can.</p>
        \(visit.form("/tell-us", answers, keepsDraft: false, """
            \(PublicForm.fields(answers))\(GovUK.button("Send"))
            """))
        """)
}
