using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Visitors;

namespace Showcase.Support;

/// <summary>Validates the parameters of the helpdesk's calls, and who may do what. Each method returns the valid value or throws.</summary>
internal sealed class CaseRules(CaseStore store, Seats seats)
{
    private const int MaxPath = 200, MaxContext = 200;

    public static string Path(string? page) => page is { Length: > 0 and <= MaxPath } && page[0] == '/' ? page
        : throw new ClientException(400, $"page must be a path of at most {MaxPath} characters.");

    public static string Context(string? context) => context is { Length: > 0 and <= MaxContext } ? context
        : throw new ClientException(400, $"context must have 1 to {MaxContext} characters.");

    public static int Rating(int? rating) => rating is >= 1 and <= 5 ? rating.Value
        : throw new ClientException(400, "rating must be 1 to 5.");

    public static long Id(long? id) => id is > 0 ? id.Value
        : throw new ClientException(400, "id must be the id of a message.");

    public bool IsAgent(string user) => seats.NameOf(user) is not null;

    public Visitor Agent(ClientContext client) => Visitor.WithKey(client) is var agent && IsAgent(agent.User) ? agent
        : throw new ClientException(403, "Sit down at the desk first.");

    /// <summary>Returns a case of which the user is the visitor, or which the user may read as an agent; null for every other case.</summary>
    public Case? Find(string? id, string user) => store.Find(id ?? "") is { } found && (found.User == user || IsAgent(user)) ? found : null;

    /// <inheritdoc cref="Find"/>
    /// <exception cref="ClientException">404 for every other case, so that a visitor does not learn which exist.</exception>
    public Case Readable(string? id, string user) => Find(id, user) ?? throw new ClientException(404, "There is no such case.");

    /// <summary>Returns a case in which the user may write: the visitor, or the agent who has it. A closed case has no agent.</summary>
    public Case Writable(string? id, string user)
    {
        var found = Readable(id, user);
        if (found.User == user || found.Agent == user || found.State == CaseState.Closed) return found;
        throw new ClientException(409, found.Agent is null ? "Take the case before you write." : $"{found.AgentName} has taken this case.");
    }
}
