namespace Showcase.Support;

/// <summary>The answers of the automatic helper, which answers when no agent is at the desk.</summary>
internal static class HelperScript
{
    /// <summary>The name under which the helper writes.</summary>
    public const string Name = "Automatic helper";

    private const string Ending = " This answer is automatic. Your question stays in the queue until an agent takes it.";

    private static readonly (string[] Words, string Answer)[] All =
    [
        (["price", "cost", "free", "license", "licence"], "Duplex is free: its license is in the repository, and the showcase costs nothing."),
        (["install", "start", "begin", "setup"], "The getting-started page leads from an empty folder to two connected browsers: /docs/getting-started."),
        (["reconnect", "offline", "lost", "connection"], "The page reconnects by itself and recovers what it missed. What you write meanwhile is kept and sent once."),
        (["slow", "late", "lag", "delay"], "Press w to see every frame and its delay. On localhost the same panel can make your line slow on purpose."),
        (["poll", "polling", "sse", "http"], "The laboratory compares polling, long polling, server-sent events and WebSockets on your own line: /lab."),
        (["scale", "many", "redis", "cluster", "nodes"], "One process holds the hub; a second one beside it is a separate hub with channels of its own. The documents state what one process carries: /docs."),
        (["secure", "security", "token", "password", "login"], "Connections are authorized by signed tokens or by the application's own handler. The showcase uses a random key of your browser."),
        (["exchange", "order", "market", "trade"], "The exchange is simulated: no order costs money. Open a market, and place an order beside the book: /exchange/SOLUSDT."),
        (["chat", "room", "message"], "The chat has public rooms with history. This conversation is visible to you and to the desk alone: /chat."),
        (["document", "pad", "edit", "text"], "In Pad several people edit one text, also offline. The list of documents is at /pad."),
        (["judge", "program", "code", "sandbox"], "The judge runs your program in a sandbox and publishes each step: /judge."),
        (["data", "privacy", "stored", "delete"], "The showcase stores what you write, with an id derived from your browser's random key. Old conversations are removed when new ones need the space."),
    ];

    /// <summary>Returns the answer that shares most words with a question.</summary>
    public static string AnswerTo(string question)
    {
        var words = question.ToLowerInvariant().Split([.. question.ToLowerInvariant().Where(static character => !char.IsLetter(character)).Distinct()]);
        var (answer, shared) = All.Select(entry => (entry.Answer, Shared: entry.Words.Count(entryWord => words.Any(word => word.StartsWith(entryWord, StringComparison.Ordinal)))))
            .MaxBy(static entry => entry.Shared);
        return (shared > 0 ? answer : "No agent is at the desk at the moment.") + Ending;
    }
}
