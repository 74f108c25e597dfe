use super::*;

fn jobs(limits: impl FnOnce(&mut JobLimits)) -> Jobs {
    let mut set = crate::config::Config::default().jobs;
    limits(&mut set);
    Jobs::new(set)
}

fn idle() -> Work {
    Box::new(|_, _, _| Err(Kind::NoLand.because("nada")))
}

fn failed() -> Result<Answered, Problem> {
    Err(Kind::NoLand.because("nada"))
}

#[test]
fn the_queue_holds_so_many_and_a_place_is_free_again_once_one_runs_or_is_dismissed() {
    let jobs = jobs(|limits| limits.queue = 2);
    let first = jobs.submit("check", idle()).unwrap();
    let second = jobs.submit("check", idle()).unwrap();
    assert_eq!(jobs.submit("check", idle()).unwrap_err().kind, Kind::Busy);
    assert!(jobs.room().is_err());
    assert_eq!(jobs.dismiss(&second.id).unwrap().word, "dismissed");
    assert!(jobs.status(&second.id).is_none());
    jobs.submit("check", idle()).unwrap();
    assert_eq!(jobs.next().unwrap().id, first.id);
    jobs.submit("check", idle()).unwrap();
    let counts = jobs.counts();
    assert_eq!((counts.accepted, counts.running), (2, 1));
}

#[test]
fn ids_are_long_and_differ() {
    let jobs = jobs(|limits| limits.queue = 100);
    let ids: std::collections::BTreeSet<String> = (0..100).map(|_| jobs.submit("check", idle()).unwrap().id).collect();
    assert_eq!(ids.len(), 100);
    assert!(ids.iter().all(|id| id.len() == 32));
}

#[test]
fn a_job_that_runs_is_told_when_it_is_dismissed_and_its_result_is_not_kept() {
    let jobs = jobs(|_| {});
    let id = jobs.submit("check", idle()).unwrap().id;
    let taken = jobs.next().unwrap();
    assert_eq!(jobs.status(&id).unwrap().word, "running");
    assert!(!taken.course.is_given_up());
    jobs.dismiss(&id).unwrap();
    assert!(taken.course.is_given_up());
    jobs.finish(taken.id, failed());
    assert!(jobs.status(&id).is_none() && jobs.ended(&id).is_none());
    assert_eq!(jobs.counts(), Counts::default());
}

#[test]
fn results_go_with_their_time_and_the_oldest_first_where_there_is_no_room() {
    let end = |jobs: &Jobs| {
        let id = jobs.submit("check", idle()).unwrap().id;
        let taken = jobs.next().unwrap();
        jobs.finish(taken.id, failed());
        id
    };
    let none = jobs(|limits| limits.kept_s = 0);
    let id = end(&none);
    assert!(none.status(&id).is_none());
    let small = jobs(|limits| limits.bytes = 2 * OVERHEAD);
    let ids = [end(&small), end(&small), end(&small)];
    let there = ids.each_ref().map(|id| small.status(id).is_some());
    assert_eq!(there, [false, true, true]);
    assert_eq!((small.counts().failed, small.counts().bytes), (2, 2 * OVERHEAD));
}

#[test]
fn at_the_end_no_job_begins_and_those_that_run_are_given_up() {
    let jobs = jobs(|_| {});
    jobs.submit("check", idle()).unwrap();
    let taken = jobs.next().unwrap();
    jobs.submit("check", idle()).unwrap();
    jobs.end();
    assert!(taken.course.is_given_up());
    assert!(jobs.next().is_none());
}
