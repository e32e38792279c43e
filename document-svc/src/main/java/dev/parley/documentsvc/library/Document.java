package dev.parley.documentsvc.library;

import dev.parley.kit.identity.Owner;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A file that characters can quote.
 *
 * @param owner its organisation, and who uploaded it
 * @param name what it is called
 * @param fileName what the file was called
 * @param edited fields a person has set, which reading it again leaves alone
 * @param version rises with every change
 * @param live the revision that is searched; 0 before the first is ready
 * @param work the revision that is made, or was made last; from 1
 */
public record Document(
    String id,
    Owner owner,
    String collectionId,
    String name,
    String fileName,
    Format format,
    long sizeBytes,
    String sha256,
    Progress progress,
    Facts facts,
    Label label,
    List<String> tags,
    Set<String> edited,
    int chunkCount,
    long version,
    Instant createTime,
    Instant updateTime,
    int live,
    int work) {

  /** A file that was just kept. */
  static Document stored(String id, Owner owner, Upload upload, Spool.Kept file, Instant now) {
    return new Document(
        id,
        owner,
        upload.collectionId(),
        upload.name(),
        upload.name(),
        file.format(),
        file.size(),
        file.sha256(),
        Progress.STORED,
        Facts.NONE,
        Label.NONE,
        upload.tags(),
        Set.of(),
        0,
        1,
        now,
        now,
        0,
        1);
  }

  /** The same as a person wants it. */
  public Document edited(
      String newName, List<String> newTags, Facts newFacts, Label newLabel, Set<String> fields) {
    return new Document(
        id,
        owner,
        collectionId,
        newName,
        fileName,
        format,
        sizeBytes,
        sha256,
        progress,
        newFacts,
        newLabel,
        newTags,
        fields,
        chunkCount,
        version,
        createTime,
        updateTime,
        live,
        work);
  }

  /** The reading that is made, or was made last. */
  public Revision made() {
    return revision(work);
  }

  /** One of its readings. */
  public Revision revision(int number) {
    return new Revision(owner.organisationId(), id, number);
  }

  /** Where its file is kept. */
  public String key() {
    return "documents/" + owner.organisationId() + "/" + id;
  }
}
