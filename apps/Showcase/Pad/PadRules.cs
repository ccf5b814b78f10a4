using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Duplex.Messaging.Errors;
using Showcase.Pad.Changes;
using Showcase.Pad.Documents;
using Showcase.Visitors;

namespace Showcase.Pad;

/// <summary>Validates the parameters of the calls. Each method returns the valid value or throws.</summary>
internal static class PadRules
{
    /// <summary>The maximum number of updates in a push.</summary>
    public const int MaxUpdates = 100;

    /// <summary>The maximum number of characters that a push inserts.</summary>
    public const int MaxInserted = 32_768;

    /// <summary>The maximum number of versions that a push may be behind. It bounds the cost of a rebase.</summary>
    public const int MaxBehind = 250;

    /// <summary>The maximum number of pushes, and their size in characters, in a part of the history.</summary>
    public const int MaxHistoryPushes = 250, MaxHistorySize = 65_536;

    /// <summary>The sizes in characters up to which a page that joins receives updates instead of the text: with changes of its own, and without.</summary>
    public const int MaxCatchUpSize = 131_072, MinCatchUpSize = 4096;

    private const int MaxSections = 200, MaxTitle = 80, UserPrefix = 12;

    public static Document Document(DocumentStore store, string? id) => (id is { Length: <= 32 } ? store.Find(id) : null)
        ?? throw new ClientException(404, "There is no such document.");

    public static Document WritableBy(string? key, Document document) => MayWrite(key, document) ? document
        : throw new ClientException(403, "This link permits to read the document, but not to change it.");

    public static bool MayWrite(string? key, Document document) => document.Key is null
        || (key is { Length: <= 64 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(document.Key)));

    public static string Title(string? title)
    {
        var shown = string.Join(' ', (title ?? "").Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
        return shown.Length is > 0 and <= MaxTitle && !shown.Any(char.IsControl) ? shown
            : throw new ClientException(400, $"title must have 1 to {MaxTitle} characters.");
    }

    // The id begins with that of the user, so that nobody can send updates that another page would take for its own.
    public static string Page(string? page, string user) => page is { Length: > UserPrefix and <= 40 } && page.StartsWith(user[..UserPrefix], StringComparison.Ordinal) ? page
        : throw new ClientException(400, $"c must begin with the first {UserPrefix} characters of the user's id and have at most 40: generate one for each page.");

    public static Push Push(PushParams sent, string user)
    {
        if (sent.Version is not >= 0) throw new ClientException(400, "version must be that of the document to which the updates apply.");
        if (sent.N is not (>= 0 and < long.MaxValue / 2)) throw new ClientException(400, "n must be the number of the first update.");
        if (sent.Updates is not { Count: > 0 and <= MaxUpdates } updates) throw new ClientException(400, $"updates must contain 1 to {MaxUpdates} changes.");
        var changes = new List<ChangeSet>(updates.Count);
        foreach (var update in updates) changes.Add(Change(update));
        if (changes.Zip(changes.Skip(1)).Any(static pair => pair.First.NewLength != pair.Second.OldLength)) throw Unfit();
        var push = new Push(sent.Version.Value, Page(sent.C, user), sent.N.Value, changes);
        return push.Inserted <= MaxInserted ? push : throw new ClientException(400, $"A push may insert at most {MaxInserted} characters.");
    }

    /// <summary>Returns the updates of a push for the current version of the document.</summary>
    public static Push Rebased(Push push, Document document, DocumentStore store)
    {
        const string Unknown = "The document has no such version, or it is too old: load the document again.";
        if (document.Version - push.Version > MaxBehind) throw new ClientException(409, Unknown);
        var since = store.Since(document, push.Version) ?? throw new ClientException(409, Unknown);
        try
        {
            return Rebase.Over(push, since.Select(static signed => signed.Push));
        }
        catch (ArgumentException)
        {
            throw Unfit();
        }
    }

    /// <summary>Returns the text of the document after a push.</summary>
    public static string Applied(Push push, Document document, int maxLength)
    {
        var text = document.Text;
        foreach (var update in push.Updates)
        {
            if (update.OldLength != text.Length) throw Unfit();
            if (!update.KeepsPairs(text)) throw new ClientException(400, "A change must not divide a surrogate pair.");
            text = update.Apply(text);
        }

        return text.Length <= maxLength || text.Length <= document.Text.Length ? text
            : throw new ClientException(413, $"A document may have at most {maxLength} characters.");
    }

    private static ClientException Unfit() => new(400, "The lengths of the updates do not fit the document at this version.");

    public static CursorMessage Cursor(CursorMessage cursor, Visitor visitor) =>
        cursor is { V: >= 0, A: >= 0, H: >= 0 } ? cursor with { C = Page(cursor.C, visitor.User), User = visitor.User, Name = visitor.Name }
        : throw new ClientException(400, "A cursor must have a version v and positions a and h from 0.");

    private static ChangeSet Change(JsonElement json)
    {
        try
        {
            return ChangeSetJson.Parse(json, MaxSections);
        }
        catch (FormatException exception)
        {
            throw new ClientException(400, exception.Message);
        }
    }
}
