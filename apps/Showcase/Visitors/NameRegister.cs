using Microsoft.Extensions.Options;

namespace Showcase.Visitors;

/// <summary>
/// Assigns each name to the first user who connects with it. A name of another user that looks the same gets a suffix,
/// which prevents impersonation. Safe from any thread.
/// </summary>
public sealed class NameRegister(IOptions<VisitorOptions> options)
{
    private const int ShortId = 4;

    private static readonly string Reserved = VisitorName.Skeleton(VisitorName.Showcase);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Holder> _bySkeleton = [];
    private readonly Dictionary<string, LinkedList<Holder>> _byAddress = [];
    private readonly LinkedList<Holder> _oldestFirst = [];

    /// <summary>The number of registered names.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _bySkeleton.Count;
        }
    }

    /// <summary>Registers a name for a user.</summary>
    /// <param name="user">The user's id.</param>
    /// <param name="name">The display name without a suffix.</param>
    /// <param name="address">The user's <see cref="AddressGroup"/>, for which a bounded number of names is registered.</param>
    /// <returns>The display name, with a part of the user's id when the name is registered for another user.</returns>
    public string Take(string user, string name, string address)
    {
        lock (_lock)
        {
            var shown = name;
            for (var length = ShortId; !TryTake(user, VisitorName.Skeleton(shown), address); length += ShortId)
            {
                // The whole id of a user is unique, and longer than any name that a visitor can choose.
                shown = $"{name} #{user[..Math.Min(length, user.Length)]}";
                if (length > user.Length) break;
            }

            return shown;
        }
    }

    private bool TryTake(string user, string skeleton, string address)
    {
        if (skeleton == Reserved) return false;
        if (_bySkeleton.TryGetValue(skeleton, out var holder))
        {
            if (holder.User != user) return false;
            Remove(holder);
        }
        else
        {
            holder = new Holder(user, skeleton, address);
            if (_byAddress.TryGetValue(address, out var own) && own.Count >= options.Value.NamesPerAddress) Remove(own.First!.Value);
            else if (_bySkeleton.Count >= options.Value.MaxNames) Remove(_oldestFirst.First!.Value);
        }

        Add(holder);
        return true;
    }

    private void Add(Holder holder)
    {
        _bySkeleton.Add(holder.Skeleton, holder);
        if (!_byAddress.TryGetValue(holder.Address, out var own)) _byAddress[holder.Address] = own = [];
        own.AddLast(holder.OfAddress);
        _oldestFirst.AddLast(holder.OfAll);
    }

    private void Remove(Holder holder)
    {
        _bySkeleton.Remove(holder.Skeleton);
        var own = _byAddress[holder.Address];
        own.Remove(holder.OfAddress);
        if (own.Count == 0) _byAddress.Remove(holder.Address);
        _oldestFirst.Remove(holder.OfAll);
    }

    private sealed class Holder
    {
        public Holder(string user, string skeleton, string address)
        {
            (User, Skeleton, Address) = (user, skeleton, address);
            (OfAddress, OfAll) = (new(this), new(this));
        }

        public string User { get; }

        public string Skeleton { get; }

        public string Address { get; }

        public LinkedListNode<Holder> OfAddress { get; }

        public LinkedListNode<Holder> OfAll { get; }
    }
}
