using Duplex.Execution;

namespace Duplex.Messaging.Outbound;

/// <summary>The receiver of a batch: the subscribers of a channel on one shard, or one subscription.</summary>
internal interface IBatchTarget
{
    /// <summary>The shard that owns the batch.</summary>
    Shard Shard { get; }

    /// <summary>Delivers a publication of the batch. Called on the shard.</summary>
    /// <param name="push">The publication.</param>
    /// <param name="first">The first offset that it covers; 0 outside the stream.</param>
    /// <param name="skipped">The number of publications that it superseded.</param>
    void Deliver(SharedPublication push, ulong first, int skipped);
}
