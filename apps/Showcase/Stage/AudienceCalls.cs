using Duplex.Messaging;
using Duplex.Messaging.Clients;
using Duplex.Messaging.Errors;
using Showcase.Conversations;
using Showcase.Stage.Shows;
using Showcase.Visitors;

namespace Showcase.Stage;

/// <summary>Maps the calls of the audience, which docs/protocol/stage.md describes.</summary>
internal static class AudienceCalls
{
    /// <summary>Maps the calls that read the slides, ask, vote, react and write messages.</summary>
    public static void MapAudience(this DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("stage.deck", (StageParams deck, ClientContext client, StageList stages) =>
        {
            Visitor.Of(client);
            var show = StageRules.Show(stages.Find(deck.Stage));
            return new DeckResult(show.Deck, show.Slides);
        });
        hub.MapRpc("stage.react", (ReactParams reaction, ClientContext client, StageList stages) =>
        {
            StageRules.Writer(client).Take(StageActs.React);
            stages.Find(reaction.Stage).Reactions.Add(StageRules.Reaction(reaction.Kind));
        });
        MapQuestions(hub);
        MapTalk(hub);
        hub.MapRpc("poll.vote", async (ChoiceParams choice, ClientContext client, StageList stages, StageStore store, StageKeeper keeper) =>
        {
            var (visitor, stage) = (StageRules.Writer(client), stages.Find(choice.Stage));
            visitor.Take(StageActs.Vote);
            using var turn = await store.Turns.TakeAsync();
            var show = StageRules.Show(stage);
            var poll = StageRules.OpenPoll(show, choice.Poll);
            store.Choose(show.Id, poll.Id, visitor.User, StageRules.Choice(choice.Choice, poll));
            await keeper.PublishPollAsync(stage);
            return new ChosenResult(store.ChoiceOf(show.Id, poll.Id, visitor.User));
        });
    }

    private static void MapQuestions(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("question.ask", async (AskParams asked, ClientContext client, StageList stages, StageStore store, StageKeeper keeper, TimeProvider time) =>
        {
            var (author, stage) = (StageRules.Writer(client), stages.Find(asked.Stage));
            var (text, clientId) = (StageRules.QuestionText(asked.Text), MessageText.ClientId(asked.ClientId));
            author.Take(StageActs.Ask);
            using var turn = await store.Turns.TakeAsync();
            var show = StageRules.Show(stage);
            if (asked.Show is { } intended && intended != show.Id) throw new ClientException(409, "The show for which this question was meant has ended.");
            if (store.Messages.Find(author.User, clientId) is null) StageRules.MayAsk(author, show, store.Messages.Page(show.Id, long.MaxValue, StageRules.MaxQuestions));
            var (stored, isNew) = store.Messages.Append(Draft(author, show.Id, text, clientId, time));
            if (isNew) await keeper.PublishQuestionAsync(stage, stored.Id);
            return new SentResult(stored);
        });

        hub.MapRpc("question.vote", async (VoteParams vote, ClientContext client, StageList stages, StageStore store, StageKeeper keeper) =>
        {
            var (visitor, stage) = (StageRules.Writer(client), stages.Find(vote.Stage));
            visitor.Take(StageActs.Vote);
            using var turn = await store.Turns.TakeAsync();
            var show = StageRules.Show(stage);
            var question = StageRules.Question(store.Messages.Find(show.Id, vote.Id ?? 0), show);
            store.Vote(show.Id, question, visitor.User, vote.On != false);
            await keeper.PublishQuestionAsync(stage, question);
            return new VotedResult(store.VotesFor(show.Id, question));
        });
    }

    private static void MapTalk(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("stage.say", async (SayParams said, ClientContext client, StageList stages, StageStore store, IHub channels, TimeProvider time) =>
        {
            var (author, stage, text) = (StageRules.Writer(client), stages.Find(said.Stage), MessageText.Checked(said.Text));
            var draft = Draft(author, stage.Id, text, MessageText.ClientId(said.ClientId), time);
            author.Take(Act.Message);
            author.Take(Act.Character, text.Length);
            using var turn = await store.Turns.TakeAsync();
            var (stored, isNew) = store.Messages.Append(draft);
            if (isNew) await channels.PublishAsync($"talk:{stage.Id}", stored);
            return new SentResult(stored);
        });

        hub.MapRpc("stage.messages", async (MessagesParams page, ClientContext client, StageList stages, StageStore store) =>
        {
            Visitor.Of(client);
            var stage = stages.Find(page.Stage);
            using var turn = await store.Turns.TakeAsync();
            return store.Messages.History(stage.Id, page.Before, StageRules.MaxMessages);
        });
    }

    private static Message Draft(Visitor author, string room, string text, string clientId, TimeProvider time) =>
        new(0, room, author.User, author.Name, text, time.GetUtcNow().ToUnixTimeMilliseconds(), clientId);
}
