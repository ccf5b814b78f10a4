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
            return new DoneResult();
        });
        MapQuestions(hub);
        MapTalk(hub);
        hub.MapRpc("poll.vote", async (ChoiceParams choice, ClientContext client, StageList stages, StageStore store, StageKeeper keeper) =>
        {
            var (visitor, stage) = (StageRules.Writer(client), stages.Find(choice.Stage));
            visitor.Take(StageActs.Vote);
            using var turn = await store.Turns.TakeAsync();
            var poll = StageRules.OpenPoll(StageRules.Show(stage), choice.Poll);
            store.Choose(stage.Id, poll.Id, visitor.User, StageRules.Choice(choice.Choice, poll));
            await keeper.PublishPollAsync(stage);
            return new ChosenResult(store.ChoiceOf(stage.Id, poll.Id, visitor.User));
        });
    }

    private static void MapQuestions(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("question.ask", async (AskParams asked, ClientContext client, StageList stages, StageStore store, StageKeeper keeper, TimeProvider time) =>
        {
            var (author, stage) = (StageRules.Writer(client), stages.Find(asked.Stage));
            var (text, clientId) = (StageRules.QuestionText(asked.Text), StageRules.ClientId(asked.ClientId));
            author.Take(StageActs.Ask);
            using var turn = await store.Turns.TakeAsync();
            StageRules.Show(stage);
            var all = store.Questions(stage.Id);
            if (all.Find(question => question.User == author.User && question.ClientId == clientId) is { } known) return new AskedResult(known.Id, QuestionEntry.Of(known));
            if (all.Count >= StageRules.MaxQuestions) throw new ClientException(409, "This stage has as many questions as it may have.");
            if (all.Count(question => question.User == author.User && question.Status == QuestionStatus.Open) >= StageRules.MaxOpenQuestions)
                throw new ClientException(409, $"You have {StageRules.MaxOpenQuestions} open questions: wait until one is answered.");
            var stored = store.Ask(stage.Id, author.User, author.Name, text, time.GetUtcNow().ToUnixTimeMilliseconds(), clientId);
            await keeper.PublishQuestionAsync(stage, stored);
            return new AskedResult(stored.Id, QuestionEntry.Of(stored));
        });

        hub.MapRpc("question.vote", async (VoteParams vote, ClientContext client, StageList stages, StageStore store, StageKeeper keeper) =>
        {
            var (visitor, stage) = (StageRules.Writer(client), stages.Find(vote.Stage));
            visitor.Take(StageActs.Vote);
            using var turn = await store.Turns.TakeAsync();
            var question = StageRules.Question(store.Question(stage.Id, vote.Id ?? 0));
            store.Vote(stage.Id, question.Id, visitor.User, vote.On != false);
            var voted = store.Question(stage.Id, question.Id)!;
            if (voted.Votes != question.Votes) await keeper.PublishQuestionAsync(stage, voted);
            return new VotedResult(voted.Votes);
        });
    }

    private static void MapTalk(DuplexEndpointConventionBuilder hub)
    {
        hub.MapRpc("stage.say", async (SayParams said, ClientContext client, StageList stages, StageStore store, IHub channels, TimeProvider time) =>
        {
            var (author, stage, text) = (StageRules.Writer(client), stages.Find(said.Stage), StageRules.MessageText(said.Text));
            var draft = new Message(0, stage.Id, author.User, author.Name, text, time.GetUtcNow().ToUnixTimeMilliseconds(), StageRules.ClientId(said.ClientId));
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
}
