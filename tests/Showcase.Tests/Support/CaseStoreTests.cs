using Duplex.Messaging.Errors;
using Showcase.Conversations;
using Showcase.Support;

namespace Showcase.Tests.Support;

public sealed class CaseStoreTests : IDisposable
{
    private const int Kept = 3;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("support");
    private CaseStore _store;

    public CaseStoreTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        _data.Delete(recursive: true);
    }

    [Fact]
    public void A_further_case_replaces_the_oldest_closed_one_with_its_messages_and_notes()
    {
        for (var i = 0; i < Kept; i++) Create($"case-{i}", i);
        _store.Messages.Append(Draft("notes:case-1", "A note", "note-0001"));
        _store.Save(_store.Find("case-1")! with { State = CaseState.Closed });

        Assert.Equal(["case-1"], Create("case-3", 3).Select(static old => old.Id));

        Assert.Null(_store.Find("case-1"));
        Assert.Null(_store.Messages.Latest("case-1"));
        Assert.Null(_store.Messages.Latest("notes:case-1"));
        Assert.Equal(["case-0"], Create("case-4", 4).Select(static old => old.Id));
    }

    [Fact]
    public void A_case_survives_a_restart_as_it_was()
    {
        Create("case-0", 7);
        var saved = _store.Save(_store.Find("case-0")! with { State = CaseState.Taken, Agent = "bob", AgentName = "Bob", Rating = 3 });
        _store.Dispose();
        _store = Open();
        Assert.Equal(saved, _store.Find("case-0"));
    }

    [Fact]
    public void Messages_of_the_visitor_are_unread_until_an_agent_writes_and_a_sentence_of_the_desk_changes_neither()
    {
        Create("case-0", 0);
        var more = Append("case-0", Draft("case-0", "More", "message-2"));
        Assert.Equal((2, 2L), (more.Unread, more.LastId));
        var said = Append("case-0", Draft("case-0", "Bob has taken your question.", "system-1") with { User = "showcase" });
        Assert.Equal((2, 5L, "More"), (said.Unread, said.Asked, said.Last));
        var answered = Append("case-0", Draft("case-0", "Hello", "message-3") with { User = "bob" });
        Assert.Equal((0, null), (answered.Unread, answered.Asked));
    }

    [Fact]
    public void A_message_whose_case_cannot_be_stored_is_not_stored_either()
    {
        Create("case-0", 0);
        var before = _store.Find("case-0");

        // No database stores a text that is missing.
        Assert.ThrowsAny<Exception>(() => _store.Append(before! with { Id = null! }, Draft("case-0", "More", "message-2")));
        Assert.Equal(1, _store.Messages.Latest("case-0")!.Id);
        Assert.Equal(before, _store.Find("case-0"));
    }

    [Fact]
    public void A_client_id_belongs_to_one_room()
    {
        Create("case-0", 0);
        Assert.Equal(1, _store.FindSent("case-0", "ada", "case-0-question")!.Id);
        Assert.Null(_store.FindSent("case-0", "ada", "another-one"));
        Assert.Equal(400u, Assert.Throws<ClientException>(() => _store.FindSent("notes:case-0", "ada", "case-0-question")).Error.Code);
    }

    [Fact]
    public void The_beginning_of_a_message_keeps_a_surrogate_pair_whole()
    {
        Create("case-0", 0);
        var text = new string('a', 79) + "😀 and more";
        Assert.Equal(new string('a', 79) + "…", Append("case-0", Draft("case-0", text, "message-2")).Last);
    }

    private CaseStore Open() => new(_data.FullName, new SupportOptions { MaxCases = Kept });

    private List<Case> Create(string id, long opened)
    {
        var removed = _store.MakeRoom();
        _store.Append(new Case(id, "ada", "Ada", "/chat", opened), Draft(id, "Help", $"{id}-question"));
        return removed;
    }

    private Case Append(string id, Message draft) => _store.Append(_store.Find(id)!, draft).Case;

    private static Message Draft(string room, string text, string clientId) => new(0, room, "ada", "Ada", text, 5, clientId);
}
