namespace Duplex.EventLoop.Transport;

/// <summary>The table of a back end's socket slots, in blocks: it grows without copying, so references to slots remain valid.</summary>
internal sealed class SlotTable
{
    private const int BlockBits = 8;
    private const int BlockLength = 1 << BlockBits;

    private SocketSlot[][] _blocks = new SocketSlot[16][];

    /// <summary>The number of slots, including free ones.</summary>
    public int Count { get; private set; }

    public ref SocketSlot this[int index] => ref _blocks[index >> BlockBits][index & (BlockLength - 1)];

    /// <summary>Adds a slot.</summary>
    /// <returns>The slot's index.</returns>
    public int Add()
    {
        var index = Count++;
        var block = index >> BlockBits;
        if (block == _blocks.Length) Array.Resize(ref _blocks, block * 2);
        _blocks[block] ??= new SocketSlot[BlockLength];
        return index;
    }
}
