const page = 'pageInfo { hasNextPage endCursor }';
const commits = `totalCount ${page} nodes { commit { oid message authoredDate committedDate } }`;
const files = `totalCount ${page} nodes { path }`;

const pullRequestParts = `
  fragment PullRequestParts on PullRequest {
    number title body url createdAt mergedAt changedFiles
    repository { nameWithOwner }
    author { __typename login }
    labels(first: 30) { nodes { name } }
    baseRefName baseRefOid headRefOid mergeCommit { oid message }
    closingIssuesReferences(first: 50) { nodes { number repository { nameWithOwner } } }
    commits(first: $inner) { ${commits} }
    files(first: $inner) { ${files} }
  }`;

const edits = 'totalCount nodes { editedAt createdAt deletedAt diff }';
const comments = `
  totalCount ${page}
  nodes {
    id fullDatabaseId body createdAt lastEditedAt includesCreatedEdit isMinimized
    author { __typename login }
    userContentEdits(first: 10) { ${edits} }
  }`;
const timelineItems = `
  totalCount ${page}
  nodes {
    __typename
    ... on ClosedEvent {
      createdAt
      closer { __typename ... on PullRequest { number repository { nameWithOwner } } ... on Commit { oid } }
    }
    ... on CrossReferencedEvent {
      createdAt
      source {
        __typename
        ... on PullRequest { number repository { nameWithOwner } }
        ... on Issue { number repository { nameWithOwner } }
      }
    }
    ... on RenamedTitleEvent { createdAt previousTitle currentTitle }
  }`;
const eventTypes = '[CLOSED_EVENT, CROSS_REFERENCED_EVENT, RENAMED_TITLE_EVENT]';
const at = 'owner: $owner, name: $name';
const address = '$owner: String!, $name: String!, $number: Int!';

/** In a listing: the whole pull request, or only what a look-up needs. */
const listed = 'number author { __typename login } ...PullRequestParts @include(if: $whole)';

/** Everything that we ask GitHub's GraphQL API. Sizes of pages are variables, because they shrink. */
export const queries = {
  pullRequest: `
    query PullRequest(${address}, $inner: Int!) {
      repository(${at}) { pullRequest(number: $number) { ...PullRequestParts } }
    }
    ${pullRequestParts}`,
  commits: `
    query Commits(${address}, $first: Int!, $after: String) {
      repository(${at}) { pullRequest(number: $number) { commits(first: $first, after: $after) { ${commits} } } }
    }`,
  files: `
    query Files(${address}, $first: Int!, $after: String) {
      repository(${at}) { pullRequest(number: $number) { files(first: $first, after: $after) { ${files} } } }
    }`,
  issue: `
    query Issue(${address}, $first: Int!) {
      repository(${at}) {
        issueOrPullRequest(number: $number) {
          __typename
          ... on Issue {
            number title body url createdAt closedAt stateReason lastEditedAt includesCreatedEdit
            repository { nameWithOwner }
            author { __typename login }
            labels(first: 30) { nodes { name } }
            userContentEdits(first: 50) { ${edits} }
            comments(first: $first) { ${comments} }
            timelineItems(first: $first, itemTypes: ${eventTypes}) { ${timelineItems} }
          }
        }
      }
    }`,
  comments: `
    query Comments(${address}, $first: Int!, $after: String) {
      repository(${at}) { issue(number: $number) { comments(first: $first, after: $after) { ${comments} } } }
    }`,
  timelineItems: `
    query TimelineItems(${address}, $first: Int!, $after: String) {
      repository(${at}) {
        issue(number: $number) {
          timelineItems(first: $first, after: $after, itemTypes: ${eventTypes}) { ${timelineItems} }
        }
      }
    }`,
  mergedPullRequests: `
    query MergedPullRequests($owner: String!, $name: String!, $first: Int!, $after: String, $inner: Int!, $whole: Boolean!) {
      repository(${at}) {
        pullRequests(states: MERGED, orderBy: { field: CREATED_AT, direction: ASC }, first: $first, after: $after) {
          ${page} nodes { ${listed} }
        }
      }
    }
    ${pullRequestParts}`,
  searchPullRequests: `
    query SearchPullRequests($query: String!, $first: Int!, $after: String, $inner: Int!, $whole: Boolean!) {
      search(type: ISSUE, query: $query, first: $first, after: $after) {
        issueCount ${page} nodes { ... on PullRequest { ${listed} } }
      }
    }
    ${pullRequestParts}`,
  searchRepositories: `
    query SearchRepositories($query: String!, $first: Int!, $after: String) {
      search(type: REPOSITORY, query: $query, first: $first, after: $after) {
        repositoryCount ${page} nodes { ... on Repository { nameWithOwner } }
      }
    }`,
} as const;
