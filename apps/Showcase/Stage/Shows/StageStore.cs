using System.Text.Json;
using Showcase.Conversations;
using Showcase.Storage;

namespace Showcase.Stage.Shows;

/// <summary>The shows with their questions and votes, and the chats of the stages. It must be used within a turn.</summary>
internal sealed class StageStore : Store
{
    /// <summary>Opens the database in a folder, and creates its tables when they are missing.</summary>
    public StageStore(string folder, int messagesPerStage)
        : base(folder, "stages.db", "The stage")
    {
        Database.Execute("""
            CREATE TABLE IF NOT EXISTS shows (stage TEXT PRIMARY KEY, show TEXT NOT NULL) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS question_voters (
                show TEXT NOT NULL, question INTEGER NOT NULL, user TEXT NOT NULL, PRIMARY KEY (show, question, user)) STRICT, WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS poll_choices (
                show TEXT NOT NULL, poll INTEGER NOT NULL, user TEXT NOT NULL, choice INTEGER NOT NULL,
                PRIMARY KEY (show, poll, user)) STRICT, WITHOUT ROWID;

            -- Tables of earlier builds, which nothing reads.
            DROP TABLE IF EXISTS questions;
            DROP TABLE IF EXISTS question_votes;
            DROP TABLE IF EXISTS poll_votes;
            """);
        Messages = new MessageLog(Database, messagesPerStage);
    }

    /// <summary>The chats, whose rooms are the stages, and the questions, whose rooms are the shows.</summary>
    public MessageLog Messages { get; }

    /// <summary>Returns the show of a stage, or null when nobody is on it.</summary>
    public Show? Find(string stage) => Database.Query("SELECT show FROM shows WHERE stage = $0", static row =>
        JsonSerializer.Deserialize(row.GetString(0), StageJson.Default.Show)!, stage) is [var show] ? show : null;

    /// <summary>Stores a show in place of its earlier state.</summary>
    public void Save(string stage, Show show) => Database.Execute(
        "INSERT INTO shows (stage, show) VALUES ($0, $1) ON CONFLICT DO UPDATE SET show = $1", stage, JsonSerializer.Serialize(show, StageJson.Default.Show));

    /// <summary>Removes a show with its questions and votes.</summary>
    public void Remove(string stage, string show)
    {
        Database.Execute("DELETE FROM shows WHERE stage = $0", stage);
        Database.Execute("DELETE FROM question_voters WHERE show = $0", show);
        Database.Execute("DELETE FROM poll_choices WHERE show = $0", show);
        Messages.Remove(show);
    }

    /// <summary>Adds the vote of a user for a question, or removes it. A user has one.</summary>
    public void Vote(string show, long question, string user, bool isOn) => Database.Execute(
        isOn ? "INSERT INTO question_voters (show, question, user) VALUES ($0, $1, $2) ON CONFLICT DO NOTHING"
            : "DELETE FROM question_voters WHERE show = $0 AND question = $1 AND user = $2",
        show, question, user);

    /// <summary>Returns the number of users who voted for a question.</summary>
    public long VotesFor(string show, long question) =>
        Database.Number("SELECT COUNT(*) FROM question_voters WHERE show = $0 AND question = $1", show, question) ?? 0;

    /// <summary>Returns the questions for which a user voted.</summary>
    public List<long> VotesOf(string show, string user) => Database.Query(
        "SELECT question FROM question_voters WHERE show = $0 AND user = $1", static row => row.GetInt64(0), show, user);

    /// <summary>Stores the vote of a user in a poll, unless the user has voted.</summary>
    public void Choose(string show, int poll, string user, int choice) => Database.Execute(
        "INSERT INTO poll_choices (show, poll, user, choice) VALUES ($0, $1, $2, $3) ON CONFLICT DO NOTHING", show, poll, user, choice);

    /// <summary>Returns the option for which a user voted, or null.</summary>
    public long? ChoiceOf(string show, int poll, string user) =>
        Database.Number("SELECT choice FROM poll_choices WHERE show = $0 AND poll = $1 AND user = $2", show, poll, user);

    /// <summary>Returns the votes for each option of a poll.</summary>
    public long[] CountsOf(string show, Poll poll)
    {
        var counts = new long[poll.Options.Count];
        foreach (var (choice, count) in Database.Query(
            "SELECT choice, COUNT(*) FROM poll_choices WHERE show = $0 AND poll = $1 GROUP BY choice", static row => (row.GetInt32(0), row.GetInt64(1)), show, poll.Id))
            counts[choice] = count;
        return counts;
    }
}
