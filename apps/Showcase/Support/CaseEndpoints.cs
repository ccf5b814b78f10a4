using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Duplex.Messaging.Publications;
using Microsoft.Extensions.Options;
using Showcase.Conversations;
using Showcase.Hosting;
using Showcase.Visitors;

namespace Showcase.Support;

/// <summary>Maps the calls of the cases, for visitors and agents.</summary>
internal static class CaseEndpoints
{
    private const int PageLength = 100;

    // Read markers need no history: the subscribe reply carries their current state.
    private static readonly PublishOptions WithoutHistory = new() { SkipHistory = true };

    /// <summary>Maps the calls.</summary>
    public static void MapCases(this DuplexEndpointConventionBuilder hub)
    {
        MapVisitor(hub);
        MapConversation(hub);
        MapAgent(hub);
    }

    private static void MapVisitor(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("case.open", async (OpenParams open, ClientContext client, CaseStore store, Desk desk, IOptions<SupportOptions> options) =>
        {
            var visitor = Visitor.WithKey(client);
            var (page, context) = (CaseRules.Path(open.Page), open.Context is null ? null : CaseRules.Context(open.Context));
            var draft = new Case(SecretId.New(), visitor.User, visitor.Name, page, desk.Now);
            var question = Draft(draft.Id, visitor, open.Text, open.ClientId, desk);
            visitor.Take(SupportEndpoints.Open);
            visitor.Take(Act.Character, question.Text.Length);
            using var turn = await store.Turns.TakeAsync();

            // A question that is sent again is the first message of its case.
            var known = store.Messages.Find(visitor.User, question.ClientId);
            if (known is { Id: 1 } && store.Find(known.Room) is { } opened) return new OpenedResult(opened, known);
            store.FindSent(draft.Id, visitor.User, question.ClientId);
            if (store.All.Count(found => found.User == visitor.User && found.State != CaseState.Closed) >= options.Value.OpenCasesPerVisitor)
                throw new ClientException(409, $"You have {options.Value.OpenCasesPerVisitor} open conversations, which is the maximum: close one.");
            return await desk.OpenAsync(draft, question, context);
        });

        hub.MapRpc("case.rate", async (RateParams rate, ClientContext client, CaseStore store, CaseRules rules, Desk desk) =>
        {
            var (visitor, rating) = (Visitor.WithKey(client), CaseRules.Rating(rate.Rating));
            visitor.Take(Act.Sign);
            using var turn = await store.Turns.TakeAsync();
            var found = rules.Readable(rate.Case, visitor.User);
            if (found.User != visitor.User) throw new ClientException(403, "Only the visitor rates the conversation.");
            if (found.State != CaseState.Closed) throw new ClientException(409, "A conversation is rated when it is closed.");
            var rated = store.Save(found with { Rating = rating });
            await desk.PublishAsync(rated);
            return new CaseResult(rated);
        });
    }

    private static void MapConversation(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("case.send", async (CaseSendParams sent, ClientContext client, CaseStore store, CaseRules rules, Desk desk) =>
        {
            var author = Visitor.WithKey(client);
            var draft = Draft(sent.Case, author, sent.Text, sent.ClientId, desk);
            author.Take(rules.IsAgent(author.User) ? Act.Message : SupportEndpoints.Ask);
            author.Take(Act.Character, draft.Text.Length);
            using var turn = await store.Turns.TakeAsync();

            // A message that is stored already is returned even if the author could not write it now.
            rules.Readable(sent.Case, author.User);
            return new SentResult(store.FindSent(draft.Room, author.User, draft.ClientId) ?? await desk.SendAsync(rules.Writable(sent.Case, author.User), draft));
        });

        hub.MapRpc("case.close", async (CaseParams closed, ClientContext client, CaseStore store, CaseRules rules, Desk desk) =>
        {
            var author = Visitor.WithKey(client);
            author.Take(Act.Sign);
            using var turn = await store.Turns.TakeAsync();
            var found = rules.Writable(closed.Case, author.User);
            return new CaseResult(found.State == CaseState.Closed ? found : await desk.CloseAsync(found, author.Name));
        });

        hub.MapRpc("case.page", async (CasePageParams page, ClientContext client, CaseStore store, CaseRules rules) =>
        {
            var reader = Visitor.WithKey(client);
            using var turn = await store.Turns.TakeAsync();
            return store.Messages.History(rules.Readable(page.Case, reader.User).Id, page.Before, PageLength);
        });

        hub.MapRpc("case.read", async (CaseReadParams read, ClientContext client, CaseStore store, CaseRules rules, Desk desk, IHub channels) =>
        {
            var (reader, id) = (Visitor.WithKey(client), CaseRules.Id(read.Id));
            reader.Take(Act.Sign);
            using var turn = await store.Turns.TakeAsync();
            var found = rules.Readable(read.Case, reader.User);
            if (store.Markers.Move(found.Id, reader.User, reader.Name, id) is { } marked)
                await channels.PublishAsync(Desk.ChannelOf(found.Id), new ReadEvent(reader.User, reader.Name, marked), WithoutHistory);
            if (found.Agent == reader.User && found.Unread > 0 && id >= found.LastId) await desk.PublishAsync(store.Save(found with { Unread = 0 }));
            return new ReadResult();
        });
    }

    private static void MapAgent(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("case.claim", async (CaseParams claimed, ClientContext client, CaseStore store, CaseRules rules, Desk desk) =>
        {
            var agent = rules.Agent(client);
            agent.Take(Act.Sign);
            using var turn = await store.Turns.TakeAsync();
            return new CaseResult(await desk.ClaimAsync(rules.Readable(claimed.Case, agent.User), agent.User, agent.Name));
        });

        hub.MapRpc("case.hand", async (HandParams handed, ClientContext client, CaseStore store, Seats seats, CaseRules rules, Desk desk) =>
        {
            var agent = rules.Agent(client);
            var note = handed.Note is null ? null : Draft(CaseStore.NotesOf(handed.Case ?? ""), agent, handed.Note, handed.ClientId, desk);
            agent.Take(Act.Sign);
            if (note is not null) agent.Take(Act.Character, note.Text.Length);
            using var turn = await store.Turns.TakeAsync();
            var found = rules.Readable(handed.Case, agent.User);
            if (found.Agent != agent.User) throw new ClientException(409, "Only the agent who has the case hands it over.");
            var name = handed.To is null ? null : seats.NameOf(handed.To) ?? throw new ClientException(404, "This agent has left the desk.");
            if (note is not null && store.FindSent(note.Room, agent.User, note.ClientId) is null) await desk.NoteAsync(note);
            return new CaseResult(name is null
                ? await desk.ReturnAsync(found, $"{agent.Name} has returned your question to the queue, where it keeps its place.")
                : await desk.HandAsync(found, handed.To!, name));
        });

        hub.MapRpc("case.note", async (CaseSendParams noted, ClientContext client, CaseStore store, CaseRules rules, Desk desk) =>
        {
            var agent = rules.Agent(client);
            var note = Draft(CaseStore.NotesOf(noted.Case ?? ""), agent, noted.Text, noted.ClientId, desk);
            agent.Take(Act.Message);
            agent.Take(Act.Character, note.Text.Length);
            using var turn = await store.Turns.TakeAsync();
            rules.Readable(noted.Case, agent.User);
            return new SentResult(store.FindSent(note.Room, agent.User, note.ClientId) ?? await desk.NoteAsync(note));
        });
    }

    private static Message Draft(string? room, Visitor author, string? text, string? clientId, Desk desk) =>
        new(0, room ?? "", author.User, author.Name, MessageText.Checked(text), desk.Now, MessageText.ClientId(clientId));
}
