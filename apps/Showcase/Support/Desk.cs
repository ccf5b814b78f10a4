using Duplex.Messaging;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Maps;
using Microsoft.Extensions.Options;
using Showcase.Conversations;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase.Support;

/// <summary>
/// Changes the cases, and publishes each change to the visitor, to those who read the case, and to the queue. All methods
/// must be called within a turn of the store, so that publications have the order of the changes.
/// </summary>
internal sealed class Desk(CaseStore store, Seats seats, IHub hub, IOptions<SupportOptions> options, TimeProvider time)
{
    /// <summary>The channels of the desk.</summary>
    public const string QueueChannel = "inbox:all", ClaimsChannel = "claims:all", StateChannel = "desk:state";

    private const string Name = "Helpdesk";
    private const int AveragedWaits = 20;
    private static readonly MapPublishOptions OnlyNew = new() { KeyMode = MapKeyMode.IfNew };

    private readonly Queue<int> _waits = [];
    private DeskState? _published;

    /// <summary>The current time in Unix milliseconds.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The state of the desk as visitors see it.</summary>
    public DeskState State => new(
        seats.Present, store.All.Count(static found => found.State == CaseState.Waiting),
        _waits.Count == 0 ? null : (int)_waits.Average(), options.Value.Key is not null);

    /// <summary>Returns the channel of a case.</summary>
    public static string ChannelOf(string id) => $"case:{id}";

    /// <summary>Opens a case with a visitor's question.</summary>
    /// <param name="draft">The case.</param>
    /// <param name="question">The question.</param>
    /// <param name="context">What the visitor has agreed to report, which becomes the first note; null for nothing.</param>
    public async Task<OpenedResult> OpenAsync(Case draft, Message question, string? context)
    {
        // Removed cases leave the queue.
        foreach (var removed in store.MakeRoom()) await PublishAsync(removed with { State = CaseState.Closed, Agent = null });
        var (opened, message) = await AppendAsync(draft, question);
        if (context is not null) await NoteAsync(question with { Room = CaseStore.NotesOf(draft.Id), Text = context, ClientId = SecretId.New() });
        return new(opened, message);
    }

    /// <summary>Gives a waiting case to an agent; of several who try, exactly one succeeds.</summary>
    /// <exception cref="ClientException">409 when another agent has the case, or when it is closed.</exception>
    public async Task<Case> ClaimAsync(Case wanted, string agent, string name)
    {
        if (wanted.State == CaseState.Closed) throw new ClientException(409, "The case is closed: write a message to open it again.");
        var claimed = await hub.Maps.PublishAsync(ClaimsChannel, wanted.Id, new Claim(agent, name, Now), OnlyNew);
        if (claimed.Suppression == MapSuppression.KeyExists)
            return wanted.Agent == agent ? wanted : throw new ClientException(409, $"{wanted.AgentName} has taken this case.");
        _waits.Enqueue((int)Math.Min((Now - wanted.Since) / 1000, int.MaxValue));
        if (_waits.Count > AveragedWaits) _waits.Dequeue();
        try
        {
            return await SayAsync(wanted with { State = CaseState.Taken, Agent = agent, AgentName = name }, $"{name} has taken your question.");
        }
        catch
        {
            // The claim of a case that could not be stored would keep every agent from it.
            await hub.Maps.RemoveAsync(ClaimsChannel, wanted.Id);
            throw;
        }
    }

    /// <summary>Gives a case of one agent to another one.</summary>
    public async Task<Case> HandAsync(Case handed, string agent, string name)
    {
        var saved = await SayAsync(handed with { Agent = agent, AgentName = name }, $"{name} continues with your question.");
        await hub.Maps.PublishAsync(ClaimsChannel, handed.Id, new Claim(agent, name, Now));
        return saved;
    }

    /// <summary>Returns a case to the queue, where it keeps its waiting time.</summary>
    public Task<Case> ReturnAsync(Case returned, string reason) =>
        SayAsync(returned with { State = CaseState.Waiting, Agent = null, AgentName = null }, reason);

    /// <summary>Closes a case.</summary>
    public Task<Case> CloseAsync(Case closed, string name) => SayAsync(
        closed with { State = CaseState.Closed, Agent = null, Unread = 0, Asked = null },
        $"{name} has closed the conversation. A further message opens it again.");

    /// <summary>Stores a new message in a case and publishes it. It opens a closed case again.</summary>
    public async Task<Message> SendAsync(Case found, Message draft)
    {
        if (found.State == CaseState.Closed)
        {
            found = await SayAsync(
                found with { State = CaseState.Waiting, Since = draft.Time, AgentName = null, Rating = null },
                $"A message of {draft.Name} opens the conversation again.");
        }

        return (await AppendAsync(found, draft)).Message;
    }

    /// <summary>Stores a new note and publishes it to the agents.</summary>
    public async Task<Message> NoteAsync(Message draft)
    {
        var (note, _) = store.Messages.Append(draft);
        await hub.PublishAsync(note.Room, note);
        return note;
    }

    /// <summary>Stores a changed case with a sentence about the change, and publishes both.</summary>
    /// <param name="changed">The case.</param>
    /// <param name="text">The sentence.</param>
    /// <param name="name">The name of its author.</param>
    public async Task<Case> SayAsync(Case changed, string text, string name = Name) =>
        (await AppendAsync(changed, new(0, changed.Id, Visitor.Showcase, name, text, Now, SecretId.New()))).Case;

    /// <summary>Publishes a changed case.</summary>
    public async Task PublishAsync(Case changed)
    {
        await hub.PublishAsync(ChannelOf(changed.Id), new CaseEvent(changed));
        await hub.PublishAsync($"cases:{changed.User}", changed, new() { Key = changed.Id });
        if (changed.Agent is null) await hub.Maps.RemoveAsync(ClaimsChannel, changed.Id);
        if (changed.State == CaseState.Closed) await hub.Maps.RemoveAsync(QueueChannel, changed.Id);
        else await hub.Maps.PublishAsync(QueueChannel, changed.Id, changed, new() { Score = changed.Since });
        await PublishStateAsync();
    }

    /// <summary>Publishes the state of the desk when it has changed.</summary>
    public async Task PublishStateAsync()
    {
        var state = State;
        if (state == _published) return;
        _published = state;
        await hub.PublishAsync(StateChannel, state, new() { Key = "state" });
    }

    /// <summary>Restores the maps of the hub and the seats, which do not outlive the process. Agents have the usual time to return.</summary>
    public async Task RestoreAsync()
    {
        foreach (var open in store.All.Where(static found => found.State != CaseState.Closed))
        {
            if (open is { Agent: { } agent, AgentName: { } name })
            {
                if (seats.NameOf(agent) is null) seats.Sit(agent, name, isPresent: false);
                await hub.Maps.PublishAsync(ClaimsChannel, open.Id, new Claim(agent, name, Now));
            }

            await hub.Maps.PublishAsync(QueueChannel, open.Id, open, new() { Score = open.Since });
        }
    }

    /// <summary>Frees an agent's seat: the agent's cases return to the queue, and the agent's subscriptions to the desk end.</summary>
    public async Task RiseAsync(string user)
    {
        if (seats.NameOf(user) is not { } name) return;
        seats.Rise(user);
        foreach (var channel in hub.Channels.List().Keys.Where(channel => IsOfDesk(channel, user)))
            await hub.Clients.UnsubscribeAsync(ClientSelector.ForUser(user), channel);
        foreach (var taken in store.All.Where(found => found.Agent == user).ToList())
            await ReturnAsync(taken, $"{name} has left. Your question is in the queue again and keeps its place.");
        await PublishStateAsync();
    }

    private async Task<(Case Case, Message Message)> AppendAsync(Case changed, Message draft)
    {
        var (saved, message) = store.Append(changed, draft);
        await hub.PublishAsync(ChannelOf(saved.Id), new MessageEvent(message));
        await PublishAsync(saved);
        return (saved, message);
    }

    // A user who is an agent and a visitor keeps the conversation of the visitor.
    private bool IsOfDesk(string channel, string user) => channel.Split(':') is [var name, var id] && name switch
    {
        "case" or "support-typing" or "reports" => store.Find(id)?.User != user,
        "notes" or "inbox" or "claims" or "agents" => true,
        _ => false,
    };
}
