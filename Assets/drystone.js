// Makes pages nicer where there is script. Every page works without it.

import {
  Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, NotificationBanner, PasswordInput, Radios,
  ServiceNavigation, SkipLink, createAll
} from './govuk-frontend.js'

const minute = 60_000
const root = document.documentElement

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, ServiceNavigation,
  SkipLink
]) createAll(component)

// Following the link and pressing Shift three times within five seconds both leave at once.
createAll(ExitThisPage)

/** For each form that keeps drafts, a function that saves it now. */
const savers = []

blankWhenLeft()
document.querySelectorAll('form[data-draft]').forEach(saveDrafts)
document.querySelectorAll('[data-session-expires]').forEach(warnBeforeSessionEnds)

/** Nothing of a page that was left shows again: Back asks the server, which may refuse. */
function blankWhenLeft () {
  window.addEventListener('pagehide', () => { root.hidden = true })
  window.addEventListener('pageshow', (event) => {
    root.hidden = event.persisted
    if (event.persisted) window.location.reload()
  })
}

/**
 * Sends a form's answers to the address in data-draft two seconds after the last change, and says so quietly.
 * It never sends files or passwords, and never throws. The server sees X-Autosave and doesn't extend the session.
 */
function saveDrafts (form) {
  const status = form.querySelector('.drystone-draft-status') ?? addStatus(form)
  let timer
  let sending = null
  let underWay = null
  let changedMeanwhile = false

  async function save () {
    if (sending) {
      changedMeanwhile = true
      return
    }
    underWay = send()
    await underWay
    if (changedMeanwhile) {
      changedMeanwhile = false
      schedule()
    }
  }

  async function send () {
    sending = new AbortController()
    try {
      const answer = await fetch(form.dataset.draft, {
        method: 'POST',
        body: draftOf(form),
        headers: { 'X-Autosave': '1' },
        credentials: 'same-origin',
        redirect: 'error',
        signal: sending.signal
      })
      status.textContent = answer.ok ? `Draft saved at ${timeNow()}` : notSaved
    } catch (error) {
      if (error.name !== 'AbortError') status.textContent = notSaved
    }
    sending = null
  }

  function schedule () {
    clearTimeout(timer)
    timer = setTimeout(save, 2000)
  }

  savers.push(async () => {
    clearTimeout(timer)
    await underWay
    await send()
  })
  form.addEventListener('input', schedule)
  form.addEventListener('change', schedule)
  form.addEventListener('submit', () => {
    clearTimeout(timer)
    changedMeanwhile = false
    sending?.abort()
  })
}

const notSaved = 'Your last changes are not saved as a draft. Use the button to save this page.'

function addStatus (form) {
  const status = document.createElement('p')
  status.className = 'drystone-draft-status'
  status.setAttribute('aria-live', 'polite')
  form.append(status)
  return status
}

function draftOf (form) {
  const secret = new Set(Array.from(form.querySelectorAll('input[type=password]'), (input) => input.name))
  const fields = Array.from(new FormData(form)).filter(([name, value]) =>
    typeof value === 'string' && !secret.has(name))
  return new URLSearchParams(fields)
}

function timeNow () {
  return new Date().toLocaleTimeString('en-GB', { hour: 'numeric', minute: '2-digit', hour12: true })
    .replace(/\s/g, '')
}

/**
 * Two minutes before the session ends (data-session-expires, in seconds) shows a line at the foot of the page.
 * Its link asks data-session-href for more time without leaving the page, so that nothing typed is lost.
 * The screen of a call (which has a form data-session-lock) is locked instead: saved, covered, and opened by a code.
 */
function warnBeforeSessionEnds (region) {
  const href = region.dataset.sessionHref ?? window.location.href
  const seconds = Number(region.dataset.sessionExpires)
  if (!(seconds > 0)) return
  const lock = document.querySelector('form[data-session-lock]')
  const toLock = lock ? 5000 : 0
  let ends = Date.now() + seconds * 1000
  let timer

  // The clock decides, not the timer: a sleeping laptop stops timers.
  function check () {
    const left = ends - Date.now()
    if (lock && left <= toLock) return lockScreen(left)
    if (left <= 0) show('You have been signed out.', 'Sign in again', false)
    else if (left <= 2 * minute && lock) show('This screen locks in 2 minutes.', 'Keep it open', true)
    else if (left <= 2 * minute) show('You will be signed out in 2 minutes.', 'Stay signed in', true)
    clearTimeout(timer)
    if (left > 0) timer = setTimeout(check, Math.max(1000, left - (left > 2 * minute ? 2 * minute : toLock)))
  }

  async function lockScreen (left) {
    root.hidden = true
    // Too late to save: the server has locked it already, and the page leads to where the code is asked for.
    if (left <= 0) return window.location.replace(lock.elements.next.value)
    await Promise.race([Promise.all(savers.map((save) => save())), new Promise((done) => setTimeout(done, 3000))])
    lock.submit()
  }

  function show (words, action, extend) {
    const line = document.createElement('p')
    const link = document.createElement('a')
    link.href = href
    link.textContent = action
    if (extend) link.addEventListener('click', stay)
    line.append(`${words} `, link)
    region.replaceChildren(line)
    region.hidden = false
    region.classList.add('drystone-session-shown')
    root.classList.add('drystone-has-session-warning')
  }

  async function stay (event) {
    event.preventDefault()
    try {
      const answer = await fetch(href, { credentials: 'same-origin', cache: 'no-store', redirect: 'error' })
      if (!answer.ok) throw new Error('refused')
    } catch {
      window.location.assign(href)
      return
    }
    ends = Date.now() + seconds * 1000
    region.replaceChildren()
    region.classList.remove('drystone-session-shown')
    root.classList.remove('drystone-has-session-warning')
    check()
  }

  region.setAttribute('role', 'status')
  document.addEventListener('visibilitychange', check)
  check()
}
