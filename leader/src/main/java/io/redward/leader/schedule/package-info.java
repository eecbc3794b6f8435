/// When scheduled queries run.
///
/// A schedule is a row of its owner's table `public.schedules_of_<owner>`: a name, an expression of
/// when, and a statement or a notebook. [ScheduleExpression] says when it is due;
/// `leader.session.AutoSchedule` looks, runs what is due in a session of the owner's, and writes
/// what came of it to `public.schedule_runs_of_<owner>`.
@NullMarked
package io.redward.leader.schedule;

import org.jspecify.annotations.NullMarked;
