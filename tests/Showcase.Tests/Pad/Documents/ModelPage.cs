using Showcase.Pad.Changes;
using Showcase.Pad.Documents;

namespace Showcase.Tests.Pad.Documents;

/// <summary>A page as a model: it holds updates without a confirmation, and moves them over those that it receives.</summary>
internal sealed class ModelPage(string id)
{
    private readonly List<ChangeSet> _unconfirmed = [];
    private long _version, _number;

    public string Text { get; private set; } = "";

    public bool HasUnsent => _unconfirmed.Count > 0;

    public long Version => _version;

    public void Edit(ChangeSet change)
    {
        Text = change.Apply(Text);
        _unconfirmed.Add(change);
    }

    public Push Send() => new(_version, id, _number, [.. _unconfirmed]);

    /// <summary>Takes a publication; one that it has already is dropped.</summary>
    public void Receive(Push push)
    {
        if (push.End <= _version) return;
        Assert.Equal(_version, push.Version);
        foreach (var update in push.Updates)
        {
            _version++;
            if (push.Page == id)
            {
                _unconfirmed.RemoveAt(0);
                _number++;
                continue;
            }

            var others = update;
            for (var i = 0; i < _unconfirmed.Count; i++)
            {
                var own = _unconfirmed[i];
                _unconfirmed[i] = own.Map(others);
                others = others.Map(own, isBefore: true);
            }

            Text = others.Apply(Text);
        }
    }
}
