//! The Merkle tree of a push, as RFC 6962 (section 2.1) has it. Its root is what is signed; for
//! each document alone a short path can show later that it was covered.

use sha2::{Digest, Sha256};

use crate::id::{ChangeHash, DocId};

/// A document of a push, and the last own change in it. That change commits to all own changes
/// before it, and its root change names the document.
pub type Leaf = (DocId, ChangeHash);

/// The root over the leaves, which are taken in the order of their documents.
#[must_use]
pub fn root(leaves: &[Leaf]) -> [u8; 32] {
    let mut sorted = leaves.to_vec();
    sorted.sort_unstable();
    tree(&sorted)
}

fn tree(leaves: &[Leaf]) -> [u8; 32] {
    match leaves {
        [] => Sha256::digest([]).into(),
        [(document, hash)] => hash_of(&[&[0], document.as_bytes(), hash.as_bytes()]),
        _ => {
            // The left half is the largest power of two below the whole.
            let half = leaves.len().div_ceil(2).next_power_of_two();
            let (left, right) = leaves.split_at(half);
            hash_of(&[&[1], &tree(left), &tree(right)])
        }
    }
}

fn hash_of(parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    parts.iter().for_each(|part| hasher.update(part));
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(n: u8) -> Leaf {
        (DocId::from_bytes([n; 16]), ChangeHash::from_bytes([n; 32]))
    }

    /// RFC 6962's tree by its other description: pair neighbours level by level, and let the odd
    /// one rise.
    fn by_levels(leaves: &[Leaf]) -> [u8; 32] {
        let mut level: Vec<[u8; 32]> = leaves.iter().map(|leaf| tree(&[*leaf])).collect();
        while level.len() > 1 {
            let pair = |pair: &[[u8; 32]]| match pair {
                [left, right] => hash_of(&[&[1], left, right]),
                _ => pair[0],
            };
            level = level.chunks(2).map(pair).collect();
        }
        level[0]
    }

    #[test]
    fn the_root_is_rfc_6962s() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(hex::encode(root(&[])), empty);
        for n in 1..70 {
            let leaves: Vec<Leaf> = (0..n).map(leaf).collect();
            assert_eq!(root(&leaves), by_levels(&leaves), "{n} leaves");
        }
    }

    #[test]
    fn the_order_of_documents_does_not_matter_and_each_does() {
        let leaves = [leaf(3), leaf(1), leaf(2)];
        assert_eq!(root(&leaves), root(&[leaf(1), leaf(2), leaf(3)]));
        assert_ne!(root(&leaves), root(&leaves[..2]));
    }
}
