using System.Text.Json;
using Showcase.Conversations;
using Showcase.Storage;

namespace Showcase.Stage.Shows;

/// <summary>The shows with their questions and votes, and the chats of the stages. It must be used within a turn.</summary>
internal sealed class StageStore : Store
{
    private const string Select = """
        SELECT q.id, q.user, q.name, q.text, q.time, q.client_id, q.status,
            (SELECT COUNT(*) FROM question_votes v WHERE v.stage = q.stage AND v.question = q.id)
        FROM questions q
        """;

    /// <summary>Opens the database in a folder, and creates its tables when they are missing.</summary>
    public StageStore(string folder, int messagesPerStage)
        : base(folder, "stages.db", "The stage")
    {
        Database.Execute("""
            CREATE TABLE IF NOT EXISTS shows (stage TEXT PRIMARY KEY, show TEXT NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS questions (
                stage TEXT NOT NULL, id INTEGER NOT NULL, user TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, time INTEGER NOT NULL,
                client_id TEXT NOT NULL, status INTEGER NOT NULL DEFAULT 0,
                PRIMARY KEY (stage, id), UNIQUE (stage, user, client_id)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS question_votes (
                stage TEXT NOT NULL, question INTEGER NOT NULL, user TEXT NOT NULL,
                PRIMARY KEY (stage, question, user)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS poll_votes (
                stage TEXT NOT NULL, poll INTEGER NOT NULL, user TEXT NOT NULL, choice INTEGER NOT NULL,
                PRIMARY KEY (stage, poll, user)) STRICT, WITHOUT ROWID;
            """);
        Messages = new MessageLog(Database, messagesPerStage);
    }

    /// <summary>The chats; a room is a stage.</summary>
    public MessageLog Messages { get; }

    /// <summary>Returns the show of a stage, or null when nobody is on it.</summary>
    public Show? Find(string stage) => Database.Query("SELECT show FROM shows WHERE stage = $0", static row =>
        JsonSerializer.Deserialize(row.GetString(0), StageJson.Default.Show)!, stage) is [var show] ? show : null;

    /// <summary>Stores a show in place of its earlier state.</summary>
    public void Save(string stage, Show show) => Database.Execute(
        "INSERT INTO shows (stage, show) VALUES ($0, $1) ON CONFLICT DO UPDATE SET show = $1", stage, JsonSerializer.Serialize(show, StageJson.Default.Show));

    /// <summary>Removes the show of a stage with its questions and votes.</summary>
    public void Remove(string stage)
    {
        foreach (var table in (string[])["shows", "questions", "question_votes", "poll_votes"])
            Database.Execute($"DELETE FROM {table} WHERE stage = $0", stage);
    }

    /// <summary>Stores a question, unless one of the same author and client id exists.</summary>
    /// <returns>The stored question.</returns>
    public Question Ask(string stage, string user, string name, string text, long time, string clientId)
    {
        var id = Database.Number(
            """
            INSERT INTO questions (stage, id, user, name, text, time, client_id)
            SELECT $0, COALESCE(MAX(id), 0) + 1, $1, $2, $3, $4, $5 FROM questions WHERE stage = $0
            ON CONFLICT DO NOTHING RETURNING id
            """,
            stage, user, name, text, time, clientId);
        return id is not null ? Question(stage, id.Value)!
            : Questions($"{Select} WHERE q.stage = $0 AND q.user = $1 AND q.client_id = $2", stage, user, clientId)[0];
    }

    /// <summary>Returns a question, or null when there is none with this id.</summary>
    public Question? Question(string stage, long id) => Questions($"{Select} WHERE q.stage = $0 AND q.id = $1", stage, id) is [var question] ? question : null;

    /// <summary>Returns the questions of a stage that were not removed.</summary>
    public List<Question> Questions(string stage) => Questions($"{Select} WHERE q.stage = $0 AND q.status <> $1", stage, (int)QuestionStatus.Removed);

    /// <summary>Changes the state of a question.</summary>
    public void Mark(string stage, long id, QuestionStatus status) =>
        Database.Execute("UPDATE questions SET status = $2 WHERE stage = $0 AND id = $1", stage, id, (int)status);

    /// <summary>Adds the vote of a user for a question, or removes it. A user has one.</summary>
    public void Vote(string stage, long question, string user, bool isOn) => Database.Execute(
        isOn ? "INSERT INTO question_votes (stage, question, user) VALUES ($0, $1, $2) ON CONFLICT DO NOTHING"
            : "DELETE FROM question_votes WHERE stage = $0 AND question = $1 AND user = $2",
        stage, question, user);

    /// <summary>Returns the questions for which a user voted.</summary>
    public List<long> VotesOf(string stage, string user) => Database.Query(
        "SELECT question FROM question_votes WHERE stage = $0 AND user = $1", static row => row.GetInt64(0), stage, user);

    /// <summary>Stores the vote of a user in a poll, unless the user has voted.</summary>
    public void Choose(string stage, int poll, string user, int choice) => Database.Execute(
        "INSERT INTO poll_votes (stage, poll, user, choice) VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING", stage, poll, user, choice);

    /// <summary>Returns the option for which a user voted, or null.</summary>
    public long? ChoiceOf(string stage, int poll, string user) =>
        Database.Number("SELECT choice FROM poll_votes WHERE stage = $0 AND poll = $1 AND user = $2", stage, poll, user);

    /// <summary>Returns the votes for each option of a poll.</summary>
    public long[] CountsOf(string stage, Poll poll)
    {
        var counts = new long[poll.Options.Count];
        foreach (var (choice, count) in Database.Query(
            "SELECT choice, COUNT(*) FROM poll_votes WHERE stage = $0 AND poll = $1 GROUP BY choice", static row => (row.GetInt32(0), row.GetInt64(1)), stage, poll.Id))
            counts[choice] = count;
        return counts;
    }

    /// <summary>Returns the state of a poll for everybody; null when there is none.</summary>
    public PollState? StateOf(string stage, Poll? poll)
    {
        if (poll is null) return null;
        var counts = CountsOf(stage, poll);
        return new(poll.Id, poll.Question, poll.Options, poll.IsOpen, poll.IsShown, counts.Sum(), poll.IsShown ? counts : null);
    }

    private List<Question> Questions(string sql, params object?[] values) => Database.Query(
        sql,
        static row => new Question(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.GetString(5), (QuestionStatus)row.GetInt32(6), row.GetInt64(7)),
        values);
}
