using System.Text;
using Duplex.Messaging.Maps;
using Duplex.Messaging.Publications;

namespace Duplex.Testing.Contracts;

/// <summary>A receiver that records the changes of a map and applies them to a copy.</summary>
internal sealed class MapMirror : IMapReceiver
{
    public List<(Publication Change, Publication? Previous, string Epoch)> Changes { get; } = [];

    public Dictionary<string, string> Map { get; } = new(StringComparer.Ordinal);

    public int Clears { get; private set; }

    /// <summary>The action to run within each delivery of a change.</summary>
    public Action? Within { get; set; }

    public void OnChange(string channel, Publication publication, Publication? previous, string epoch)
    {
        Within?.Invoke();
        Changes.Add((publication, previous, epoch));
        Apply(Map, publication);
    }

    public void OnCleared(string channel)
    {
        Clears++;
        Map.Clear();
    }

    public static void Apply(IDictionary<string, string> map, Publication publication)
    {
        if (publication.IsRemoval) map.Remove(publication.Key!);
        else map[publication.Key!] = Encoding.UTF8.GetString(publication.Data.Span);
    }
}
