using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Showcase.Stage.Media;

namespace Showcase.Stage.Shows;

/// <summary>The stages.</summary>
internal sealed class StageList
{
    private readonly Dictionary<string, LiveStage> _byId;

    public StageList(TimeProvider time, IOptions<StageOptions> options)
    {
        var card = options.Value.ShowsTestCard ? TestCard.Load() : null;
        All = [.. StageRules.Stages.Select(stage =>
        {
            var relay = new Relay();
            return new LiveStage(stage.Id, stage.Title, card is null ? null : new(card, relay, time), relay, time);
        })];
        _byId = All.ToDictionary(static stage => stage.Id);
    }

    /// <summary>All stages in the order of the page.</summary>
    public IReadOnlyList<LiveStage> All { get; }

    public bool TryFind(string? id, [MaybeNullWhen(false)] out LiveStage stage)
    {
        stage = null;
        return id is not null && _byId.TryGetValue(id, out stage);
    }
}
