using Duplex.Messaging.Errors;
using Showcase.Pad.Changes;

namespace Showcase.Pad.Documents;

/// <summary>Moves the updates of a page over those that the document received since the page's version.</summary>
internal static class Rebase
{
    /// <summary>Returns the updates for the current version, without those that the document has already.</summary>
    /// <param name="sent">The updates as the page sent them.</param>
    /// <param name="since">What the document received since the page's version, in order.</param>
    /// <exception cref="ClientException">409 when the numbers of the page's updates are not those of the log.</exception>
    /// <exception cref="ArgumentException">The lengths of the updates do not fit.</exception>
    public static Push Over(Push sent, IEnumerable<Push> since)
    {
        var left = sent.Updates.ToList();
        var (end, number) = (sent.Version, sent.Number);
        foreach (var push in since)
        {
            end = push.End;
            var isOwn = push.Page == sent.Page && left.Count > 0;
            if (isOwn && push.Number != number) throw new ClientException(409, "The updates of this page are numbered in another way: load the document again.");
            foreach (var update in push.Updates)
            {
                if (isOwn && left.Count > 0)
                {
                    left.RemoveAt(0);
                    number++;
                    continue;
                }

                Move(left, update);
            }
        }

        return new(end, sent.Page, number, left);
    }

    // One update at a time, as the pages do with what they receive: mapping over a composed change may give another result.
    private static void Move(List<ChangeSet> updates, ChangeSet over)
    {
        for (var i = 0; i < updates.Count; i++) (updates[i], over) = (updates[i].Map(over), over.Map(updates[i], isBefore: true));
    }
}
