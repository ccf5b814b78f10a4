namespace Duplex.Execution;

/// <summary>Something that waits for the end of its shard's turn.</summary>
internal interface ITurnEnd
{
    void OnTurnEnd();
}
