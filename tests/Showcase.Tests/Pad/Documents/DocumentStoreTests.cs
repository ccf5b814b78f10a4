using Showcase.Pad;
using Showcase.Pad.Changes;
using Showcase.Pad.Documents;
using Showcase.Storage;

namespace Showcase.Tests.Pad.Documents;

/// <summary>The documents in a database.</summary>
public sealed class DocumentStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pad");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_text_survives_a_restart_with_and_without_a_snapshot()
    {
        using (var store = Open())
        {
            store.Create(New("a"));
            Write(store, "a", 700);
        }

        using (var store = Open())
        {
            Assert.Equal((700L, new string('x', 700)), (store.Find("a")!.Version, store.Find("a")!.Text));
            Write(store, "a", 1);
        }

        using (var store = Open()) Assert.Equal((701L, 701, 700L), (store.Find("a")!.Version, store.Find("a")!.Text.Length, store.Find("a")!.Changed));
    }

    [Fact]
    public void A_log_is_cut_and_begins_with_the_text_of_its_first_version()
    {
        using var store = Open(static options => options.RetainedVersions = 500);
        store.Create(New("a"));
        Write(store, "a", 700);

        var (version, text) = store.Base("a");
        Assert.InRange(version, 1, 200);
        Assert.Equal(version, text.Length);
        Assert.Null(store.Since(store.Find("a")!, version - 1));
        var rest = store.Since(store.Find("a")!, version)!;
        Assert.Equal(store.Find("a")!.Text, rest.SelectMany(static signed => signed.Push.Updates).Aggregate(text, static (before, update) => update.Apply(before)));
    }

    [Fact]
    public void A_log_is_cut_by_its_size_too_and_a_restart_continues_the_same_text()
    {
        const int pushes = 200, length = 16_000;
        using (var store = Open())
        {
            store.Create(New("a"));
            for (var push = 0; push < pushes; push++)
            {
                var document = store.Find("a")!;
                var text = new string((char)('a' + (push % 26)), length);
                store.Append(document, new(new(document.Version, "page", push, [ChangeSet.Replace(document.Text.Length, 0, document.Text.Length, text)]), "user", "name", push), text);
            }

            store.Commit();

            // 1 MiB and at most a quarter of it more, and the rest of a push for each text within it.
            var retained = store.Since(store.Find("a")!, store.Base("a").Version)!.Sum(static signed => signed.Push.Size);
            Assert.InRange(retained, 1 << 20, (1 << 20) + (1 << 18) + (6 * length));
        }

        using var again = Open();
        Assert.Equal((pushes, new string((char)('a' + ((pushes - 1) % 26)), length)), (again.Find("a")!.Version, again.Find("a")!.Text));
    }

    [Fact]
    public void A_document_that_is_removed_leaves_no_text_and_no_updates()
    {
        using var store = Open(static options => (options.MaxDocuments, options.RetainedVersions) = (2, 500));
        store.Create(New(Welcome.Id));
        store.Create(New("a"));
        Write(store, "a", 300);
        Assert.Equal("a", store.Create(New("b") with { Changed = 500 }));
        store.Commit();

        using var database = new Database(_folder.FullName, "documents.db");
        Assert.Equal((0, 0), (database.Number("SELECT COUNT(*) FROM texts WHERE document = 'a'"), database.Number("SELECT COUNT(*) FROM pushes WHERE document = 'a'")));
    }

    [Fact]
    public void A_document_above_the_maximum_replaces_the_one_that_was_not_changed_for_longest()
    {
        using var store = Open(static options => options.MaxDocuments = 3);
        store.Create(New(Welcome.Id));
        store.Create(New("a"));
        store.Create(New("b"));
        Write(store, "a", 1);

        Assert.Equal("b", store.Create(New("c") with { Changed = 5 }));
        Assert.Null(store.Find("b"));
        Assert.Equal(["c", "a", Welcome.Id], store.Ids());
    }

    [Fact]
    public void A_version_inside_a_push_or_of_the_future_has_no_updates()
    {
        using var store = Open();
        store.Create(New("a"));
        var document = store.Find("a")!;
        var two = ChangeSet.Replace(1, 1, 0, "b");
        store.Append(document, new(new(0, "page", 0, [ChangeSet.Replace(0, 0, 0, "a"), two]), "user", "name", 1), "ab");
        var changed = store.Find("a")!;
        Assert.Null(store.Since(changed, 1));
        Assert.Null(store.Since(changed, 3));
        Assert.Empty(store.Since(changed, 2)!);
        Assert.Single(store.Since(changed, 0)!);
    }

    private static Document New(string id) => new(id, id, null, 0, 0, "");

    private static void Write(DocumentStore store, string id, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var document = store.Find(id)!;
            var change = ChangeSet.Replace(document.Text.Length, document.Text.Length, 0, "x");
            store.Append(document, new(new(document.Version, "page", document.Version, [change]), "user", "name", document.Version), document.Text + "x");
        }

        store.Commit();
    }

    private DocumentStore Open(Action<PadOptions>? configure = null)
    {
        var options = new PadOptions();
        configure?.Invoke(options);
        return new(_folder.FullName, options);
    }
}
