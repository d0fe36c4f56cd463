/**
 * Makes this questionnaire as a Google Form.
 *
 * Open https://script.google.com, choose "New project", put this text in the place of what stands there, and run
 * `makeForm`. Google asks once whether the script may make forms for you. The addresses of the form are in the log:
 * one to edit it, one to send around.
 */
const QUESTIONNAIRE = /* the questionnaire, as data */ {};

function makeForm() {
  const form = FormApp.create(QUESTIONNAIRE.title);
  form.setDescription(QUESTIONNAIRE.intro.join('\n\n'));
  form.setConfirmationMessage(QUESTIONNAIRE.thanks);
  form.setCollectEmail(false);
  form.setLimitOneResponsePerUser(false);
  form.setShowLinkToRespondAgain(false);
  form.setProgressBar(true);

  // Pages first: an answer can lead to a page only once that page is there.
  const pages = {};
  const items = [];
  QUESTIONNAIRE.pages.forEach(function (page, number) {
    if (number > 0) {
      pages[page.id] = form.addPageBreakItem().setTitle(page.title).setHelpText(page.tells.join('\n'));
    }
    page.questions.forEach(function (question) {
      items.push({ question: question, item: addQuestion(form, question) });
    });
  });
  items.forEach(function (made) {
    setChoices(made.item, made.question, pages);
  });

  Logger.log('Edit: ' + form.getEditUrl());
  Logger.log('Send: ' + form.getPublishedUrl());
  return form;
}

function addQuestion(form, question) {
  let item;
  if (question.kind === 'one') {
    item = form.addMultipleChoiceItem();
  } else if (question.kind === 'several') {
    item = form.addCheckboxItem();
  } else if (question.short) {
    item = form.addTextItem();
  } else {
    item = form.addParagraphTextItem();
  }
  item.setTitle(question.text).setHelpText(question.help).setRequired(question.required);
  return item;
}

function setChoices(item, question, pages) {
  if (question.choices.length === 0) {
    return;
  }
  item.setChoices(question.choices.map(function (choice) {
    if (!choice.goes_to) {
      return item.createChoice(choice.text);
    }
    const there = choice.goes_to === 'submit' ? FormApp.PageNavigationType.SUBMIT : pages[choice.goes_to];
    return item.createChoice(choice.text, there);
  }));
}
