using Showcase.Storage;

namespace Showcase.Judge.Runs;

/// <summary>The runs in a database: what was sent survives a restart, and so does its verdict. Safe from any thread.</summary>
internal sealed class RunStore : IDisposable
{
    private const int BestCount = 10;
    private const string Columns = "id, user, name, client_id, problem, language, code, samples_only, time, script";

    private readonly Lock _lock = new();
    private readonly Database _database;
    private readonly int _retained;

    /// <summary>Opens the database in a folder.</summary>
    public RunStore(string folder, int retained)
    {
        (_database, _retained) = (new Database(folder, "runs.db"), retained);
        _database.Execute("""
            CREATE TABLE IF NOT EXISTS runs (
                number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user TEXT NOT NULL, name TEXT NOT NULL, client_id TEXT NOT NULL,
                problem TEXT NOT NULL, language TEXT NOT NULL, code TEXT NOT NULL, samples_only INTEGER NOT NULL, time INTEGER NOT NULL,
                verdict TEXT, test INTEGER, tests INTEGER, ms REAL, kib INTEGER, message TEXT, line INTEGER, col INTEGER, UNIQUE (user, client_id)) STRICT;
            """);
        _database.EnsureColumn("runs", "script", "TEXT");
        _database.Shrink();
    }

    /// <summary>Stores a submission, unless the user has sent one with the same client id.</summary>
    /// <returns>The stored submission, and whether it is new.</returns>
    public (Submission Stored, bool IsNew) Add(Submission sent)
    {
        lock (_lock)
        {
            var number = _database.Number(
                $"INSERT INTO runs ({Columns}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING RETURNING number",
                sent.Id, sent.User, sent.Name, sent.ClientId, sent.Problem, sent.Language.ToString(), sent.Code, sent.SamplesOnly ? 1 : 0, sent.Time, sent.Script);
            if (number is null) return (Read("WHERE user = $0 AND client_id = $1", sent.User, sent.ClientId)[0], false);
            _database.Execute("DELETE FROM runs WHERE verdict IS NOT NULL AND number <= $0", number - _retained);
            return (sent, true);
        }
    }

    /// <summary>Returns the submission with a client id, or null when the user has sent none.</summary>
    public Submission? Find(string user, string clientId)
    {
        lock (_lock) return Read("WHERE user = $0 AND client_id = $1", user, clientId) is [var found] ? found : null;
    }

    /// <summary>Stores the last step of a run.</summary>
    public void Finish(string id, RunStep step)
    {
        lock (_lock)
        {
            _database.Execute(
                "UPDATE runs SET verdict = $1, test = $2, tests = $3, ms = $4, kib = $5, message = $6, line = $7, col = $8 WHERE id = $0",
                id, step.Verdict.ToString(), step.Test, step.Of, step.Ms, step.Kib, step.Message, step.Line, step.Column);
        }
    }

    /// <summary>Returns the submissions without a verdict, the oldest first.</summary>
    public IReadOnlyList<Submission> Unfinished()
    {
        lock (_lock) return Read("WHERE verdict IS NULL ORDER BY number");
    }

    /// <summary>Returns a submission and its last step, which is null when it has none.</summary>
    public (Submission Submission, RunStep? Last)? Find(string id)
    {
        lock (_lock)
        {
            if (Read("WHERE id = $0", id) is not [var submission]) return null;
            return (submission, _database.Query(
                "SELECT verdict, test, tests, ms, kib, message, line, col FROM runs WHERE id = $0 AND verdict IS NOT NULL",
                static row => new RunStep(
                    1, RunState.Done, row.GetInt32(2), row.GetInt32(1), row.GetDouble(3), row.GetInt64(4), Enum.Parse<Verdict>(row.GetString(0)),
                    row.IsDBNull(5) ? null : row.GetString(5), row.GetInt32(6), row.GetInt32(7)),
                id).FirstOrDefault());
        }
    }

    /// <summary>Returns the fastest accepted solution of each user.</summary>
    public IReadOnlyList<BestRun> Best(string problem)
    {
        lock (_lock)
        {
            return _database.Query(
                "SELECT user, name, MIN(ms), kib, time FROM runs WHERE problem = $0 AND verdict = $1 AND samples_only = 0 GROUP BY user ORDER BY MIN(ms) LIMIT $2",
                static row => new BestRun(row.GetString(0), row.GetString(1), row.GetDouble(2), row.GetInt64(3), row.GetInt64(4)),
                problem, Verdict.Accepted.ToString(), BestCount);
        }
    }

    /// <summary>Returns the latest runs of a user, the newest first.</summary>
    public IReadOnlyList<Submission> Latest(string user, int count)
    {
        lock (_lock) return Read("WHERE user = $0 ORDER BY number DESC LIMIT $1", user, count);
    }

    /// <summary>Returns the latest verdicts of all users, the newest first, without trials and runs that the judge did not judge.</summary>
    public IReadOnlyList<FeedEntry> LatestVerdicts(int count)
    {
        lock (_lock)
        {
            return _database.Query(
                "SELECT user, name, problem, verdict, ms, time FROM runs WHERE samples_only = 0 AND verdict IS NOT NULL AND verdict NOT IN ($0, $1) ORDER BY number DESC LIMIT $2",
                static row => new FeedEntry(row.GetString(0), row.GetString(1), row.GetString(2), Enum.Parse<Verdict>(row.GetString(3)), row.GetDouble(4), row.GetInt64(5)),
                Verdict.Cancelled.ToString(), Verdict.Fault.ToString(), count);
        }
    }

    public void Dispose() => _database.Dispose();

    private List<Submission> Read(string condition, params object?[] values) => _database.Query(
        $"SELECT {Columns} FROM runs {condition}",
        static row => new Submission(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4),
            Enum.Parse<ScriptLanguage>(row.GetString(5)), row.GetString(6), row.GetInt64(7) != 0, row.GetInt64(8), row.IsDBNull(9) ? null : row.GetString(9)),
        values);
}
