using System.Text.Json;
using Duplex.Messaging.Errors;
using Showcase.Conversations;
using Showcase.Storage;
using Showcase.Visitors;

namespace Showcase.Support;

/// <summary>The cases, which are few and therefore all in memory, with their messages, notes and read markers. They must be used within a turn.</summary>
public sealed class CaseStore : Store
{
    private const int BeginningLength = 80;

    private readonly SupportOptions _options;
    private readonly Dictionary<string, Case> _cases;

    /// <summary>Opens the database in a folder, and creates it when it is missing.</summary>
    public CaseStore(string folder, SupportOptions options)
        : base(folder, "support.db", "The helpdesk")
    {
        _options = options;
        Database.Execute("CREATE TABLE IF NOT EXISTS cases (id TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;");
        Messages = new MessageLog(Database, options.MessagesPerCase);
        Markers = new ReadMarkers(Database, Messages, options.MessagesPerCase);
        Database.Shrink();
        _cases = Database.Query("SELECT body FROM cases", static row => JsonSerializer.Deserialize(row.GetString(0), SupportJson.Default.Case)!)
            .ToDictionary(static stored => stored.Id);
    }

    /// <summary>All cases, in no order.</summary>
    public IReadOnlyCollection<Case> All => _cases.Values;

    /// <summary>The messages of each case, in the room of the case's id, and its notes, in that of <see cref="NotesOf"/>.</summary>
    public MessageLog Messages { get; }

    /// <summary>The read markers of the cases.</summary>
    public ReadMarkers Markers { get; }

    /// <summary>Returns the room of a case's notes, which is their channel too.</summary>
    public static string NotesOf(string id) => $"notes:{id}";

    /// <summary>Returns a case, or null when there is none with this id.</summary>
    public Case? Find(string id) => _cases.GetValueOrDefault(id);

    /// <summary>Returns the message or note that an author has written with a client id, or null.</summary>
    /// <exception cref="ClientException">400 when it is in another room than the given one.</exception>
    public Message? FindSent(string room, string user, string clientId)
    {
        var sent = Messages.Find(user, clientId);
        return sent is null || sent.Room == room ? sent
            : throw new ClientException(400, "clientId belongs to another message: generate one for each message.");
    }

    /// <summary>Stores a changed case with the next revision.</summary>
    public Case Save(Case changed) => _cases[changed.Id] = Write(changed);

    /// <summary>Stores a new message and the change that it makes to its case, both or neither.</summary>
    /// <param name="changed">The case, which may be new or have other changes.</param>
    /// <param name="draft">The message; its room is the case.</param>
    public (Case Case, Message Message) Append(Case changed, Message draft)
    {
        var (saved, message) = Database.Transaction(() =>
        {
            var (stored, _) = Messages.Append(draft);
            return (Write(After(changed, stored)), stored);
        });
        return (_cases[saved.Id] = saved, message);
    }

    /// <summary>Removes the oldest cases, closed ones first, until a further one is within the limit.</summary>
    /// <returns>The cases that were removed.</returns>
    public List<Case> MakeRoom()
    {
        var removed = new List<Case>();
        while (_cases.Count >= _options.MaxCases)
        {
            var oldest = _cases.Values.MinBy(static old => (old.State != CaseState.Closed, old.Opened))!;
            Database.Transaction(() =>
            {
                Database.Execute("DELETE FROM cases WHERE id = $0", oldest.Id);
                Messages.Remove(oldest.Id);
                Messages.Remove(NotesOf(oldest.Id));
                return true;
            });
            _cases.Remove(oldest.Id);
            removed.Add(oldest);
        }

        return removed;
    }

    private Case Write(Case changed)
    {
        var saved = changed with { Revision = changed.Revision + 1 };
        Database.Execute("INSERT OR REPLACE INTO cases VALUES ($0, $1)", saved.Id, JsonSerializer.Serialize(saved, SupportJson.Default.Case));
        return saved;
    }

    private static Case After(Case changed, Message message) => message.User switch
    {
        Visitor.Showcase => changed with { LastId = message.Id },
        var user when user == changed.User => changed with
        {
            Last = BeginningOf(message.Text),
            LastId = message.Id,
            Unread = changed.Unread + 1,
            Asked = message.Time,
        },
        _ => changed with { Last = BeginningOf(message.Text), LastId = message.Id, Unread = 0, Asked = null },
    };

    private static string BeginningOf(string text)
    {
        if (text.Length <= BeginningLength) return text;

        // A surrogate pair is kept whole.
        return $"{text[..(char.IsHighSurrogate(text[BeginningLength - 1]) ? BeginningLength - 1 : BeginningLength)]}…";
    }
}
