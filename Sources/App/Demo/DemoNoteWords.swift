/// What a case note may be about.
enum DemoTopic: CaseIterable, Sendable {
    case safety, housing, legal, police, children, health, money, immigration, technology, feelings, agencies, work
    case family, oversight, closing, lost, firstContact, unreached
}

/// Sentences of case notes, written for the demonstration; no real case stands behind any of them.
enum DemoNoteWords {
    /// How a note begins.
    static let openings = DemoPhrase.lines("""
        T/C with {client}[, safe to talk|, alone in the house|, {he} was out at {work}|].
        Call to {client} at the agreed time[, answered first ring|, second attempt|].
        {Client} rang in[, on a friend's phone|, from {work}|].
        Met {client} at the [library|children's centre|GP surgery|office|community hub] as agreed.
        Text from {client}[ overnight|, replied within the safe hours|].
        Email from {client}[, opened at work as {she} prefers|].
        Home visit[, {perp} out until {time}|, joint with the housing officer|]. Risk assessed before going.
        Video call with {client}[, camera off|].
        Spoke to {client} briefly[, {she} had to hang up|].
        {Client} attended for {hers} [{several}th|next|usual] session.
        """)

    /// The first conversation.
    static let firstContact = DemoPhrase.lines("""
        First conversation. Explained who we are, what we can and can't keep private, and that {she} sets the pace.
        Introduced myself and confirmed the safe times. {She} was relieved [somebody rang when they said they \
        would|not to have to explain it all again].
        Went through the risk questions again, {she} added [more about the choking|the threats to {hers} mother|two \
        incidents {she} had not told anyone].
        Immediate safety discussed. {She} will [sleep at {hers} sister's|stay in the house for now|ring 999 and \
        leave the line open].
        Consent to contact the GP and housing given, not to the school yet.
        {She} wants support but does not want police. Explained when we would have to share without {hers} agreement.
        """)

    /// Nobody reached.
    static let unreached = DemoPhrase.lines("""
        No reply, no voicemail left as agreed. Will try again [{weekday}|tomorrow] inside the safe hours.
        Rang out twice. Number [withheld|not withheld]. No message left.
        Line picked up and put down. Not safe to ring back today, will text the agreed words only.
        Somebody else answered, asked for the [catalogue|dentist] as agreed and ended the call.
        Phone off. Asked the referrer whether there is another number.
        Third attempt this week. Letter not safe. Will ask the school to pass on our number.
        """)

    /// Planning for safety.
    static let safety = DemoPhrase.lines("""
        Safety plan reviewed: bag [at {hers} mum's|at {work}|with the neighbour], spare key, [phone charged|code \
        word with the kids|passport copied].
        {He} [turned up|was seen] outside {work} on {day}. {She} went [back in|to security] and waited until {he} \
        had gone.
        Agreed what {she} will do if {he} comes to the door: not open, ring 999, [go upstairs|go to number {several}].
        Locks changed on {day}. Window alarms requested, [surveyor to ring first|fitter is a woman as asked for].
        {She} feels [safer at night|no safer]. Still checks the car every morning.
        {She} has told two neighbours, both will ring the police if they hear anything.
        Talked about the times that are most dangerous: [after {he} has been drinking|handovers|pay day|when {she} \
        says no].
        {He} has asked a cousin where {she} is staying. {She} has not told anybody the address.
        Escape route from the bedroom looked at, {she} will move the wardrobe away from the door.
        Panic alarm tested and works. {She} keeps it in the [kitchen drawer|hall|coat pocket].
        {She} thinks {he} knows which bus {she} takes. Different route from {weekday}.
        """)

    /// Housing.
    static let housing = DemoPhrase.lines("""
        Homelessness application made with {hers} consent, council to ring {her} on {weekday} between safe hours.
        Housing options say a local connection is needed. Challenged: not in a case like this.
        {She} wants to stay in the home with {him} out. Occupation order explained, and sanctuary works.
        Joint tenancy. Asked the landlord not to write to {him} about it.
        Letter for bidding written, [medical evidence attached|medical evidence to follow].
        Viewed a [two-bed|flat] in {town}, {she} said no: too near {his} mother.
        Temporary place is mixed. {She} is not sleeping. Asked for women only[, none free|, on the list].
        Rent arrears of {amount} are {his} doing. Discretionary payment form filled in together.
        {She} signed for the new tenancy. Keys [{weekday}|today]. Furniture from the [reuse shop|church|food bank].
        Mail redirect set up, council tax in {hers} name only, electoral roll anonymous entry started.
        Neighbour complaint about noise was {him} shouting. Housing officer will note it as that.
        """)

    /// Civil orders and family court.
    static let legal = DemoPhrase.lines("""
        Non-molestation order [granted without notice|listed for {weekday}|served on {day}]. Copy to police control \
        room.
        Solicitor's appointment {weekday} {time}, legal aid evidence letter sent.
        Statement drafted with solicitor, {she} found it hard to put dates to it.
        Went to court with {her}. Screens in place, separate waiting room[, {he} did not come|, {he} sent a \
        barrister].
        Order has {several} months left, renewal in the diary.
        {He} says {he} will take {her} to court too. Explained that {she} won't be cross-examined by {him}.
        Undertaking offered instead of an order. {She} will talk to the solicitor first, told {her} there is no hurry.
        Breach: {he} [texted|sent a birthday card|rang from a blocked number] on {day}. {She} has reported it.
        Special measures asked for in writing.
        Divorce papers came. {She} was shaking, rang us before opening them.
        """)

    /// Police and criminal court.
    static let police = DemoPhrase.lines("""
        Officer in the case rang: {he} is [bailed with conditions until {weekday}|released under \
        investigation|charged].
        Bail conditions checked with police: no contact, not to go within {several}00 metres.
        {She} does not want to support a prosecution. {Hers} choice respected, [police told|risk talked through].
        Disclosure under the scheme requested. Police will tell {her} in person, [here|at the station], not by post.
        Incident {day} reported on 101, log given to me. Third this year.
        Trial listed. Pre-trial visit arranged, {she} will bring {hers} sister.
        Police body worn footage mentioned, {she} did not know there was any.
        {He} was arrested on {day} at {work}. {She} was told {several} hours later, by us.
        Victim personal statement: {she} wrote most of it, I typed.
        Case dropped for lack of evidence. {She} is angry and so am I. Right to review explained.
        """)

    /// Children of the family.
    static let children = DemoPhrase.lines("""
        {Kids}: not sleeping, [bed wetting|clingy|hitting out at {school}]. Referred to the children's worker.
        School know and will only hand over to {her}. Password is set.
        Social worker visited on {day}, assessment continues. {She} felt [listened to|judged].
        {He} returned {kids} {several} hours late and would not say where they had been.
        Contact at the centre only, {hers} sister does the handover.
        Talked about what {kids} saw and heard. {She} is afraid they blame {her}.
        Child-friendly safety plan done: stay out of the kitchen, go to next door, ring 999, nobody is cross.
        {Kids} [drew a house with no windows|asked whether {he} is in prison|laughed today, first time in weeks].
        {School} rang: [bruise on the arm, explained by a fall|hungry in the mornings]. Shared with the social worker.
        Health visitor says the little one is [gaining weight|behind with words].
        """)

    /// Bodies and minds.
    static let health = DemoPhrase.lines("""
        GP has signed {her} off for {several} weeks. Not eating, {several} hours of sleep.
        {She} has had thoughts of not being here, no plan. Safety around this agreed, GP and crisis number given.
        A and E on {day}, [wrist|ribs|cheekbone]. {She} told them {she} fell.
        Strangulation explained: needs looking at even with no marks. {She} will see the GP today.
        Drinks in the evening to sleep, {she} says. Not ready for a referral, leaflet left.
        Counselling waiting list, about {several} months. Group offered meanwhile.
        Medication is being held back by {him}. Pharmacy can give weekly packs to {her} only.
        Pain in the shoulder from the door. Physio letter went to the wrong address, asked for it again.
        Midwife knows. Next scan {weekday}, {he} will not be told the time.
        Flashbacks on the bus. Grounding exercise practised together.
        """)

    /// Money.
    static let money = DemoPhrase.lines("""
        {He} has {hers} bank card. New account opened with paperless post, PIN at the branch.
        Universal Credit split asked for, statement to the journal written together.
        Debts in {hers} name that {she} never saw, {amount} and {amount}. Economic abuse form to the banks.
        Food bank voucher [texted|given], {amount} of fuel credit.
        {He} counts the receipts. {She} gets {amount} a week for everything.
        Child benefit is still paid to {him}. Change form sent.
        Car is in {his} name but {hers} loan. Talked to the debt adviser.
        Wages go straight into the joint account. Employer will pay the new one from next month.
        Discretionary grant of {amount} agreed for a fridge and beds.
        """)

    /// Immigration.
    static let immigration = DemoPhrase.lines("""
        Visa depends on {him}. Migrant victims' concession explained with an interpreter, solicitor {weekday}.
        {He} keeps {hers} passport. Embassy appointment possible, {she} is afraid they will ring {his} family.
        No recourse to public funds, so no benefits and few refuges. Social care asked for under section 17.
        Concession granted for three months. Benefits claim the same day.
        Interpreter was from {his} town. Stopped the call, asked for another from far away, a woman.
        {She} has been told {she} will be sent back alone. Not so: adviser explained it to {her} twice.
        Settlement papers: photographs, letters from {school} and GP collected.
        """)

    /// Telephones, cars and being followed.
    static let technology = DemoPhrase.lines("""
        Phone checked: location sharing was on with {him}. Talked about what turning it off would tell {him} first.
        A tag was found [in the lining of the bag|under the car|in the pram]. Photographed, police have it.
        New e-mail address made on a library computer. Old one left running so that {he} notices nothing.
        {He} logs into {hers} accounts. Passwords to be changed in one go, not one by one.
        {Several}0 missed calls in one night from withheld numbers. Kept for police.
        Doorbell camera is on {his} account. Landlord will take it down.
        Fake profile in {hers} name. Reported, [taken down|still there].
        {He} posts about {her} without naming {her}. Screenshots with dates kept.
        """)

    /// Feelings, and what {she} wants.
    static let feelings = DemoPhrase.lines("""
        {She} misses {him} and is ashamed of it. Said that most people do.
        Talked about guilt. {She} keeps saying it was not that bad, then tells me what happened.
        {She} went back for a weekend. No blame, plan gone over again.
        A good day. {She} [cooked|laughed|slept the night through|got the bus alone].
        {She} asked whether {he} can change. Honest answer given.
        Did the [power and control wheel|timeline] together, {she} ticked nearly all of it.
        {She} [has found a job|starts college|passed the driving test]. Proud of {herself}, rightly.
        Freedom Programme: week {several}, {she} spoke for the first time.
        Wants to stop for a while. Agreed that we ring in {several} weeks, {she} can ring any day.
        """)

    /// Other agencies.
    static let agencies = DemoPhrase.lines("""
        Rang [housing|the social worker|probation|the health visitor] for an update, message left without details.
        Professionals' meeting {weekday} {time}. {Hers} views sent in {hers} own words.
        Probation say {he} has missed {several} appointments.
        Turning Point have seen {her} once, next {weekday}.
        School's safeguarding lead rang to say attendance is down to {several}0 per cent.
        Adult social care will assess. {She} wants us in the room.
        Asked the GP not to print our name on the letter.
        Police asked for an update, given what {she} agreed to and no more.
        """)

    /// Work.
    static let work = DemoPhrase.lines("""
        Manager at {work} knows and has moved {her} to a shift with parking under the lights.
        {He} rings {work} all day. They now say {she} is not available.
        Off sick for {several} weeks, worried about the job. Letter to HR with {hers} agreement.
        {She} can talk in the lunch break only, in the car.
        """)

    /// A son, a brother, a mother: not a partner.
    static let family = DemoPhrase.lines("""
        {She} does not want {hers} {perp} in trouble, {she} wants the shouting and the taking of money to stop.
        {Perp} has moved back in. {She} says {she} could not leave {him} on the street.
        Explained that this is domestic abuse also when it is family. {She} had never thought of it so.
        Talked about telling the rest of the family. {She} is afraid of what will be said [at prayers|at the \
        club|in town].
        Carer's assessment for {him} offered through adult social care, separate from our work with {her}.
        """)

    /// The manager's eye.
    static let oversight = DemoPhrase.lines("""
        Supervision. Risk and plan agreed, [keep weekly contact|review in four weeks|consider step down].
        Case discussed: level stays as it is. Worker to [chase housing|see {her} face to face|update the plan].
        Overdue contact looked at. Reason recorded, [reallocated for leave|ring today].
        Agreed to hold open until after the hearing.
        """)

    /// The end.
    static let closing = DemoPhrase.lines("""
        Ending talked through. {She} feels ready, knows the number, [group continues|counselling continues].
        Risk questions again at exit, [well down|down by half]. {She} scored feeling safe {several} out of 10.
        Step down to outreach agreed, joint call made to introduce the worker.
        Moved out of the area with {hers} agreement passed to the service there. Nothing sent by post.
        {She} asked to close. Safety plan is with {hers} sister. Thanked us[, cried a bit|].
        """)

    /// The end, when nobody was ever reached.
    static let lost = DemoPhrase.lines("""
        No reply to {several} attempts over weeks by the agreed means. Closed, referrer told, door open.
        Manager agrees to close. Letter not safe, no other number. Referrer will pass on how to reach us.
        Closed without having spoken. Police and health visitor told, so that somebody asks {her}.
        """)

    /// How a note ends.
    static let endings = DemoPhrase.lines("""
        Next call {weekday} {time}.
        Plan: ring {weekday} inside safe hours.
        To do: [letter to housing|chase the solicitor|update the safety plan|ring the school].
        Agreed to speak again on {weekday}.
        Risk unchanged.
        {She} has our number under another name.
        No further action today.
        """)

    /// The sentences of a topic.
    static func phrases(_ topic: DemoTopic) -> [DemoPhrase] {
        switch topic {
        case .safety: safety
        case .housing: housing
        case .legal: legal
        case .police: police
        case .children: children
        case .health: health
        case .money: money
        case .immigration: immigration
        case .technology: technology
        case .feelings: feelings
        case .agencies: agencies
        case .work: work
        case .family: family
        case .oversight: oversight
        case .closing: closing
        case .lost: lost
        case .firstContact: firstContact
        case .unreached: unreached
        }
    }
}
